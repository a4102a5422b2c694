/** Where the records of a run ended up, in words. */
import type { RecordCounts, RunResult } from "../delivery/run-result.js";
import { figure } from "./table.js";

/** Records that ended up in one place. */
export interface RecordPart {
  readonly place: keyof RecordCounts;
  readonly count: number;
  /** What comes after the count: `rejected (2 of them as before)`. */
  readonly name: string;
}

/** Those that hold any record; their counts sum to the records that were read. */
export function recordParts({
  records,
  standingRejections,
  newlyInDoubt,
}: RunResult): readonly RecordPart[] {
  const ofThem = (count: number, what: string) =>
    count > 0 ? ` (${figure(count)} of them ${what})` : "";
  const names = [
    ["planned", "planned"],
    ["acknowledged", "acknowledged"],
    ["unchanged", "unchanged"],
    ["delivered", "delivered before"],
    ["repeated", "repeated in the source"],
    ["rejected", `rejected${ofThem(standingRejections, "as before")}`],
    ["skipped", "given up by an operator"],
    ["suppressed", "suppressed by `forget`"],
    ["withheld", "withheld by `only_if`"],
    ["inDoubt", `in doubt${ofThem(newlyInDoubt, "newly")}`],
    ["history", "history"],
    ["failed", "failed"],
    ["unknown", "sent with an unknown outcome"],
    ["notSent", "not sent"],
  ] as const;
  return names
    .map(([place, name]) => ({ place, count: records[place], name }))
    .filter(({ count }) => count > 0);
}
