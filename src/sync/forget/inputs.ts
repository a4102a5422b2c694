/** What the runs are of by which people are erased. */
import { RECORD_COMPILATIONS } from "../compilations.js";
import type { DecodedRecord, StateOperation } from "../../core/record.js";
import { ok } from "../../core/result.js";
import type { CheckedMapping } from "../../mapping/form.js";
import type { RowBatch } from "../../planning/rendered-groups.js";
import type { TargetResolver } from "../../planning/target.js";
import { recordRows } from "../../surfaces/record-rows.js";
import { NO_MIRROR_WORDS } from "../mirror/mirror-rules.js";
import type { RunInput } from "../run-input.js";

type Batch = readonly DecodedRecord[];

/** What a run that is told its records has in common with one that has none. */
const OF_RECORDS = {
  rows: recordRows,
  compilations: RECORD_COMPILATIONS,
  now: undefined,
  maxAgeSeconds: undefined,
  onDoubt: "hold",
  wholeSource: false,
} as const;

/**
 * A mirror that wants nobody and removes nobody but who is suppressed: in all audiences of its sync, and
 * past its guard, since it is known who leaves and why.
 */
export function suppressedInput(sync: string, mapping: CheckedMapping): RunInput<Batch> {
  const place = { kind: "value", source: sync, path: "" } as const;
  const unguarded = { guardPercent: undefined, refreshAfterSeconds: undefined };
  const mirror = { ...NO_MIRROR_WORDS, ...unguarded, mode: "add" as const, place };
  return { ...OF_RECORDS, sync, mapping, mirror, batches: nothing() };
}

/** Removals of some people from each of some targets, one after the other. */
export function removalInput(
  records: readonly StateOperation[],
  targets: readonly string[],
  of: {
    readonly sync: string;
    readonly mapping: CheckedMapping;
    readonly resolve: TargetResolver;
  },
): RunInput<Batch> {
  return { ...OF_RECORDS, ...of, mirror: undefined, batches: removals(records, targets) };
}

async function* nothing(): AsyncGenerator<RowBatch<Batch>> {
  // A source without rows.
}

async function* removals(
  records: readonly StateOperation[],
  targets: readonly string[],
): AsyncGenerator<RowBatch<Batch>> {
  for (const target of targets)
    for (let start = 0; start < records.length; start += BATCH) {
      const batch = records.slice(start, start + BATCH).map((record) => ok({ ...record, target }));
      yield await Promise.resolve({ batch, rows: batch.length });
    }
}

const BATCH = 1_000;
