/** What is counted of one field while records are rendered. */
import type { Json } from "../../core/json.js";
import { ConversionFault } from "../../mapping/convert-scalar.js";
import type { Finished } from "../../mapping/finish.js";
import type { ValueForm } from "../../mapping/form.js";
import { givenDigest } from "../../normalize/given-digest.js";
import type { DropReason, Normalized, Suspicion } from "../../normalize/normalizer.js";
import { normalizerOf } from "../../normalize/normalizer-of.js";
import { RepeatedValues, type Repeated } from "./repeated-values.js";
import { suspicionRules, type QualitySuspicion, type SuspicionRules } from "./suspicion.js";

/** The counts of one field. */
export interface FieldCounts {
  /** Records with a value, usable or not. */
  records: number;
  /** Values that are not blank. */
  values: number;
  /** Values that can be sent. */
  usable: number;
  /** Usable values that were SHA-256 digests already, and are kept. */
  hashedBefore: number;
  /** Values that a normaliser found no use for, by its reason. */
  readonly dropped: Map<DropReason, number>;
  /** Usable values that look wrong, by reason; a value is counted once at most. */
  readonly suspicious: Map<QualitySuspicion, number>;
}

/** Watches the values of one field, record by record. Keeps no value but the often repeated ones. */
export class FieldQuality {
  readonly counts: FieldCounts = {
    records: 0,
    values: 0,
    usable: 0,
    hashedBefore: 0,
    dropped: new Map(),
    suspicious: new Map(),
  };
  private readonly rules: SuspicionRules;
  private readonly hashed: boolean;
  private readonly repeated: RepeatedValues | undefined;
  /** The values of the record that is being rendered. */
  private readonly current: Json[] = [];
  private isPresent = false;

  /**
   * @param field the name of the field in the result, as reports show it
   * @param isOwn whether a value is one person's: an address, not a city
   */
  constructor(
    readonly field: string,
    form: ValueForm,
    isOwn: boolean,
  ) {
    const { steps } = form;
    this.hashed = steps.hash;
    const normalizer = normalizerOf(steps.normalize);
    const normalize = (text: string) => textOf(normalizer(text));
    this.rules = suspicionRules({ field: form.field, hashed: steps.hash, normalize });
    this.repeated = isOwn ? new RepeatedValues() : undefined;
  }

  /** Counts a value of the record that is being rendered; not one for which the record is refused. */
  hear(value: Json, finished: Finished): void {
    const { counts } = this;
    if (finished.kind === "value") return this.hearUsable(value, finished);
    counts.values += 1;
    this.isPresent = true;
    add(counts.dropped, finished.reason);
  }

  private hearUsable(
    given: Json,
    { value, suspicion }: Extract<Finished, { kind: "value" }>,
  ): void {
    if (value === undefined || value instanceof ConversionFault) return;
    const { counts } = this;
    counts.values += 1;
    counts.usable += 1;
    this.isPresent = true;
    if (typeof given === "string" || typeof given === "number")
      this.judge(String(given).trim(), value, suspicion);
    // A record that says the same twice repeats nothing.
    if (this.current.includes(value)) return;
    this.current.push(value);
    if (typeof value === "string") this.repeated?.add(value);
  }

  /** Ends a record; says whether the field has a usable value in it. */
  endRecord(): boolean {
    if (this.isPresent) this.counts.records += 1;
    this.isPresent = false;
    const isUsable = this.current.length > 0;
    this.current.length = 0;
    return isUsable;
  }

  /** The values that stand in so many records or more. */
  repeatedFrom(records: number): Repeated {
    return this.repeated?.from(records) ?? NOTHING;
  }

  /** @param found what the normalisers found suspicious about it */
  private judge(text: string, sent: Json, found: Suspicion | undefined): void {
    const isDigest = text.length >= DIGEST_LENGTH && givenDigest(text) !== undefined;
    if (isDigest && this.hashed) this.counts.hashedBefore += 1;
    const own = isDigest ? this.rules.digest(text) : this.rules.plain(text, sent);
    // Letters say more of a number than that its calling code is missing.
    const suspicion = own === "no_calling_code" ? (found ?? own) : (own ?? found);
    if (suspicion !== undefined) add(this.counts.suspicious, suspicion);
  }
}

function textOf(normalized: Normalized): string {
  if (typeof normalized === "string") return normalized;
  return normalized.kind === "dropped" ? "" : normalized.text;
}

function add<K>(counts: Map<K, number>, name: K): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const DIGEST_LENGTH = 64;
const NOTHING: Repeated = { values: 0, occurrences: 0 };
