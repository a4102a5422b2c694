import type { Binding } from "../config/binding.js";
import type { GivenJson } from "../core/decode-record.js";
import { cleanJson, copyJson } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import type { DecodedRecord } from "../core/record.js";
import { ok } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import { decodeRecord, recordRows } from "../surfaces/record-rows.js";
import type { RunInput } from "./run-input.js";

/** A record as it came: its position from 1, and its value or why there is none. */
export interface IncomingRecord {
  readonly position: number;
  readonly value: GivenJson;
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
    const batch = incoming.map(({ position, value }) => decodeRecord(surface, value, position));
    yield { batch, rows: batch.length };
  }
}

/**
 * Records of the library, gathered in batches so that none is awaited alone. Each is copied: whoever
 * makes them may use one object for all.
 */
export async function* incomingRecords(
  records: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<readonly IncomingRecord[]> {
  let batch: IncomingRecord[] = [];
  let position = 0;
  for await (const value of records) {
    position += 1;
    const clean = cleanJson(value);
    batch.push({ position, value: clean.ok ? ok(copyJson(clean.value)) : clean });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const BATCH = 1_000;
