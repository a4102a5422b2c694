import { decodeEventImport, decodeStateOperation, type GivenJson } from "../core/decode-record.js";
import type { Surface } from "../core/outcome.js";
import type { ContractRecord, DecodedRecord } from "../core/record.js";
import { ok } from "../core/result.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import { count, type Tally } from "../mapping/scope.js";
import type { Rows } from "./rows.js";

/** Reads a record of the contract that a surface takes. */
export function decodeRecord(surface: Surface, given: GivenJson, position: number): DecodedRecord {
  return surface === "events"
    ? decodeEventImport(given, position)
    : decodeStateOperation(given, position);
}

/**
 * Contract records as rows of a planner.
 *
 * @param known the identifier types that the mapping reads; others are ignored and counted
 */
export function recordRows(
  known: ReadonlySet<string>,
  tally: Tally,
): Rows<readonly DecodedRecord[]> {
  return {
    shape: RECORD_SHAPE,
    envelope(batch, index) {
      const record = batch[index];
      if (record === undefined) throw new RangeError(`the batch has no record ${String(index)}`);
      if (!record.ok) return record;
      countIgnored(record.value, known, tally);
      const { identity, operation } = record.value;
      const target = record.value.kind === "event" ? "" : record.value.target;
      return ok({ identity, operation, target, member: undefined });
    },
  };
}

function countIgnored(record: ContractRecord, known: ReadonlySet<string>, tally: Tally): void {
  for (const { type } of record.identifiers)
    if (!known.has(type)) count(tally.ignoredIdentifiers, type);
}
