/** What the report of one run is made from. */
import type { QualityReport } from "../checks/match-quality/match-quality.js";
import type { RunResult } from "../delivery/run-result.js";
import type { RunRecord } from "./run-record.js";

/** One run, told to its end. */
export interface RunReport {
  /** The name under which its state is kept. */
  readonly sync: string;
  readonly endedAt: number;
  readonly ending: RunEnding;
  readonly record: RunRecord;
  readonly quality: QualityReport;
  /** Where requests went: `Meta`, or an emulator. */
  readonly receiver: string;
  /** Of this package and of Meta's API. */
  readonly version: string;
}

/** How a run came to its end. */
export type RunEnding =
  | { readonly kind: "finished"; readonly result: RunResult }
  /** An error ended it; its counts are those until then. */
  | { readonly kind: "broke_off"; readonly because: string; readonly remedy: string };
