/** Coverage of a mapping: what it makes of every field of some records, and what it leaves. */
import { unknownFields } from "../../core/record-fields.js";
import { cleanJson, isJsonObject } from "../../core/json.js";
import type { ContractRecord } from "../../core/record.js";
import { safeName } from "../../core/redact.js";
import { formsOf } from "../../mapping/compile.js";
import { consumedBy, type Consumed } from "../../mapping/consumed.js";
import type { CheckedMapping, Form } from "../../mapping/form.js";
import { decodeRecord } from "../../surfaces/record-rows.js";
import { fieldNames, namingFields } from "./input-fields.js";
import { traceForm } from "./trace.js";

/** What becomes of a field of the input. */
export interface CoveredField {
  /** Its name: `identifiers.email`, `key.event_id`, `payload.items[].sku`. */
  readonly field: string;
  /**
   * `mapped`: its value was taken from a record at least. `behind`: it is read, but every record
   * had a value that stands before it in a list. `unmapped`: nothing reads it.
   */
  readonly state: "mapped" | "behind" | "unmapped";
  /** The fields of the result that read it, in the mapping's order; `identity` for what names a record. */
  readonly goesTo: readonly string[];
  /** In how many records it has a value. */
  readonly records: number;
}

/** Where the parts of a key go beside what reads them: they name the record. */
export const IDENTITY = "identity";

/** Field names come from the data; what goes beyond so many is listed together. */
const MAX_FIELDS = 1000;
const OTHERS = "…";

/**
 * Follows a mapping through records. A value that a normaliser or a type refuses is no matter of
 * coverage: it is counted, or rejected with a reason, when records are planned.
 *
 * @example
 * const coverage = new Coverage(mapping);
 * for (const record of records) coverage.add(record);
 * coverage.fields().filter(({ state }) => state === "unmapped");
 */
export class Coverage {
  /** How many records were followed, and how many could not be read. */
  records = 0;
  unreadable = 0;
  private readonly forms: readonly Form[];
  private readonly consumed: Consumed;
  private readonly sightings = new Map<string, Sighting>();

  constructor(private readonly mapping: CheckedMapping) {
    this.forms = formsOf(mapping);
    this.consumed = consumedBy(this.forms);
  }

  /** Follows one record, as it comes from outside. */
  add(record: unknown): void {
    const json = cleanJson(record);
    const decoded = decodeRecord(this.mapping.surface, json, this.records + 1);
    if (!decoded.ok || !json.ok || !isJsonObject(json.value)) {
      this.unreadable += 1;
      return;
    }
    this.records += 1;
    for (const field of unknownFields(json.value, decoded.value.kind))
      this.sighting(field).records += 1;
    this.follow(decoded.value);
  }

  /** Every field that had a value in a record, sorted by name. */
  fields(): readonly CoveredField[] {
    return [...this.sightings].sort(byName).map(([field, seen]) => ({
      field,
      state: stateOf(seen),
      goesTo: [...seen.goesTo],
      records: seen.records,
    }));
  }

  private follow(record: ContractRecord): void {
    for (const field of fieldNames(record)) this.sighting(field).records += 1;
    for (const form of this.forms)
      traceForm(form, record, this.consumed, (field, at, taken) => {
        this.goes(field, at, taken);
      });
    for (const field of namingFields(record)) this.goes(field, IDENTITY, true);
  }

  private goes(field: string, at: string, taken: boolean): void {
    const seen = this.sighting(field);
    seen.goesTo.add(seen.goesTo.has(at) ? at : safeName(at));
    seen.taken ||= taken;
  }

  private sighting(field: string): Sighting {
    const known = this.sightings.get(field);
    if (known !== undefined) return known;
    const safe = this.sightings.size < MAX_FIELDS ? safeName(field) : OTHERS;
    const seen = this.sightings.get(safe) ?? { records: 0, taken: false, goesTo: new Set() };
    this.sightings.set(safe, seen);
    return seen;
  }
}

interface Sighting {
  records: number;
  taken: boolean;
  readonly goesTo: Set<string>;
}

function stateOf({ taken, goesTo }: Sighting): CoveredField["state"] {
  if (taken) return "mapped";
  return goesTo.size > 0 ? "behind" : "unmapped";
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
