import { RECORD_COMPILATIONS } from "./compilations.js";
import type { Binding } from "../config/binding.js";
import type { GivenJson } from "../core/decode-record.js";
import { cleanJson, copyJson } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import type { DecodedRecord } from "../core/record.js";
import { ok } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
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
    compilations: RECORD_COMPILATIONS,
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
 * Records of the library, gathered in batches so that none is awaited alone. Whoever makes them one by
 * one may use one object for all, so that each is copied; an array holds them all at once, and nothing
 * in it changes while it is read.
 */
export async function* incomingRecords(
  records: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<readonly IncomingRecord[]> {
  if (Array.isArray(records)) {
    for (let from = 0; from < records.length;) {
      const incoming = cleaned(records, from);
      from += incoming.length;
      yield await awaited(incoming, records);
    }
    return;
  }
  const gathered = new Gathered();
  if (isSynchronous(records))
    for (const value of records) {
      const given = cleanCopy(value);
      // What is no JSON may be the promise of a record.
      gathered.add(given.ok ? given : cleanCopy(await value));
      if (gathered.isFull()) yield gathered.take();
    }
  else
    for await (const value of records) {
      gathered.add(cleanCopy(value));
      if (gathered.isFull()) yield gathered.take();
    }
  if (!gathered.isEmpty()) yield gathered.take();
}

/** The records of an array from one on: a loop of its own, as within a generator it takes twice as long. */
function cleaned(records: readonly unknown[], from: number): readonly IncomingRecord[] {
  const incoming: IncomingRecord[] = [];
  const end = Math.min(from + BATCH, records.length);
  for (let at = from; at < end; at += 1)
    incoming.push({ position: at + 1, value: cleanJson(records[at]) });
  return incoming;
}

/** The same records, of which those that are no JSON are waited for: they may be promises. */
async function awaited(
  incoming: readonly IncomingRecord[],
  records: readonly unknown[],
): Promise<readonly IncomingRecord[]> {
  if (incoming.every(({ value }) => value.ok)) return incoming;
  const settled: IncomingRecord[] = [];
  for (const { position, value } of incoming) {
    const given = value.ok ? value : cleanJson(await records[position - 1]);
    settled.push({ position, value: given });
  }
  return settled;
}

function isSynchronous(
  records: Iterable<unknown> | AsyncIterable<unknown>,
): records is Iterable<unknown> {
  return typeof records === "object" && !(Symbol.asyncIterator in records);
}

function cleanCopy(value: unknown): GivenJson {
  const clean = cleanJson(value);
  return clean.ok ? ok(copyJson(clean.value)) : clean;
}

/** So many records stay near the processor while they are planned. */
const BATCH = 100;

/** Records until there are enough of them. */
class Gathered {
  private batch: IncomingRecord[] = [];
  private position = 0;

  add(value: GivenJson): void {
    this.position += 1;
    this.batch.push({ position: this.position, value });
  }

  isFull(): boolean {
    return this.batch.length === BATCH;
  }

  isEmpty(): boolean {
    return this.batch.length === 0;
  }

  take(): readonly IncomingRecord[] {
    const batch = this.batch;
    this.batch = [];
    return batch;
  }
}
