import type { Binding } from "../config/binding.js";
import { describeJsonFault, type JsonFault } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import type { DecodedRecord } from "../core/record.js";
import { fail, type Result } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import { decodeRecord, recordRows } from "../surfaces/record-rows.js";
import type { RunInput } from "./run-input.js";

/** A record as it came: its position from 1, and its value or why there is none. */
export interface IncomingRecord {
  readonly position: number;
  readonly value: Result<unknown, JsonFault>;
}

/** What a run over contract records needs. */
export interface RecordRun {
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
  readonly records: AsyncIterable<readonly IncomingRecord[]>;
  readonly now: number | undefined;
}

/** A run over contract records. */
export function recordInput(run: RecordRun): RunInput<readonly DecodedRecord[]> {
  const { mapping, binding, records, now } = run;
  return {
    sync: `records:${binding.bindingName}`,
    mapping,
    rows: recordRows,
    shape: RECORD_SHAPE,
    batches: decoded(records, mapping.surface),
    now,
    maxAgeSeconds: undefined,
    onDoubt: "hold",
    wholeSource: false,
    mirror: undefined,
  };
}

async function* decoded(
  records: RecordRun["records"],
  surface: Surface,
): AsyncGenerator<RowBatch<readonly DecodedRecord[]>> {
  for await (const incoming of records) {
    const batch = incoming.map((record) => decodeIncoming(record, surface));
    yield { batch, rows: batch.length };
  }
}

function decodeIncoming({ position, value }: IncomingRecord, surface: Surface): DecodedRecord {
  if (value.ok) return decodeRecord(surface, value.value, position);
  return fail({
    identity: `#${String(position)}`,
    code: value.error.reason === "syntax" ? "invalid_record" : "invalid_value",
    field: value.error.path.join("."),
    message: `The record ${describeJsonFault(value.error)}.`,
  });
}

/** Records of the library, gathered in batches so that none is awaited alone. */
export async function* incomingRecords(
  records: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<readonly IncomingRecord[]> {
  let batch: IncomingRecord[] = [];
  let position = 0;
  for await (const value of records) {
    position += 1;
    batch.push({ position, value: { ok: true, value } });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const BATCH = 1_000;
