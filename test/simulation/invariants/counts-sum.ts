import type { RecordCounts, RunResult } from "../../../src/delivery/run-result.js";
import type { Settlement } from "../../../src/store/ledger.js";
import { TAKEN } from "../knowledge.js";
import type { Facts, Invariant } from "./invariant.js";

export const countsSum: Invariant = {
  number: "16",
  says: "each record of a run is exactly one of the things that its result counts",
  check: (facts) => (moment) =>
    moment.kind === "run_ended" ? (sums(moment.result, facts) ?? called(moment.result)) : undefined,
};

export const countsAsSettled: Invariant = {
  number: "16a",
  says: "what a result counts of records that were sent is what the ledger says of their requests",
  check: (facts) => {
    const last = new Map<string, Settlement>();
    return (moment) => {
      if (moment.kind === "settled") last.set(moment.row.batchId, moment.settlement);
      if (moment.kind !== "run_ended") return undefined;
      return asSettled(moment.result, facts, last);
    };
  },
};

function sums(
  { records, stopped, sourceProblem }: RunResult,
  { source }: Facts,
): string | undefined {
  const { read, ...ends } = records;
  const sum = Object.values(ends).reduce((all, count) => all + count, 0);
  const input = source().records.length;
  if (sum !== read)
    return `${String(read)} records were read, and ${String(sum)} are accounted for`;
  const toEnd = stopped === undefined && sourceProblem === undefined;
  const whole = toEnd ? read === input : read <= input;
  return whole
    ? undefined
    : `the source has ${String(input)} records, and ${String(read)} were read`;
}

function asSettled(
  { records }: RunResult,
  { tables }: Facts,
  last: ReadonlyMap<string, Settlement>,
): string | undefined {
  const runId = tables.runs.length;
  const counted = { acknowledged: 0, unknown: 0, failed: 0 } satisfies Partial<RecordCounts>;
  for (const row of tables.batches.values()) {
    const settlement = last.get(row.batchId);
    if (row.runId !== runId || settlement === undefined) continue;
    const left = row.records - settlement.rejects.length;
    if (TAKEN.has(row.state)) counted.acknowledged += left;
    if (row.state === "unknown") counted.unknown += left;
    if (row.state === "failed" || row.state === "rejected") counted.failed += left;
  }
  for (const name of ["acknowledged", "unknown", "failed"] as const)
    if (counted[name] !== records[name])
      return `the result counts ${String(records[name])} as ${name}, the ledger ${String(counted[name])}`;
  return undefined;
}

function called({ status, records }: RunResult): string | undefined {
  const open = records.unknown + records.failed + records.notSent;
  return status === "succeeded" && open > 0
    ? `the run is called a success, and ${String(open)} records are not sent`
    : undefined;
}
