import { MirroredRecords } from "../delivery/mirrored-records.js";
import { ResultCounter } from "../delivery/result-counter.js";
import type { RunResult } from "../delivery/run-result.js";
import type { RunInput } from "./run-input.js";

/** Counts the result of a run, whether it sends every record or what differs. */
export function counterOf({ mirror }: Pick<RunInput<unknown>, "mirror">, result: RunResult) {
  return mirror === undefined
    ? new ResultCounter(result)
    : new ResultCounter(result, new MirroredRecords(result, mirror.mode));
}
