/** What went wrong in a run, each with the advice that belongs to it. */
import type { ReroutedEvents } from "../delivery/rerouted-events.js";
import type { Failure, RunResult } from "../delivery/run-result.js";
import { counted } from "./table.js";

/** One line each; none where all is well. What broke off in the source is told as a diagnostic. */
export function runProblems({ failures, stopped, rerouted }: RunResult): readonly string[] {
  const lines = toldOnce(failures).map((failure) => {
    const times = failure.count > 1 ? ` (${counted(failure.count, "time")})` : "";
    return `${failureText(failure)}${times}`;
  });
  if (failures.some(({ code }) => code === "meta.transport")) lines.push(ASK_DOCTOR);
  const told = failures.some(({ summary }) => summary === stopped);
  lines.push(...rerouted.map(reroutedLine));
  if (stopped !== undefined)
    lines.push(told ? "The run stopped there." : `The run stopped: ${stopped}`);
  return lines;
}

const ASK_DOCTOR =
  "`retl-meta doctor`, with the same sync file or `--binding`, says what of Meta can be reached from here.";

/** What went wrong in the same way with several targets is one line, which names them all. */
function toldOnce(failures: readonly Failure[]): readonly Failure[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const key = `${failure.code} ${failure.summary}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const all = [first, ...others];
    const target = all.map((one) => one.target).join(", ");
    const count = others.length === 0 ? first.count : 1;
    return [{ ...first, target, count }];
  });
}

/** A failure as a run has it, and as a report keeps it. */
interface ToldFailure {
  readonly target: string;
  readonly summary: string;
  readonly code: string;
  readonly evidence: { readonly code?: unknown } | undefined;
}

/** A failure with its code to look up: Meta's own, which is in the sentence, or else ours. */
export function failureText({ target, summary, code, evidence }: ToldFailure): string {
  return `${target}: ${summary}${evidence?.code === undefined ? ` (${code})` : ""}`;
}

function reroutedLine({ eventName, sentTo, answered, routedTo, count }: ReroutedEvents): string {
  const were = count === 1 ? "was" : "were";
  const before = answered
    ? `delivered to ${sentTo} before`
    : `sent to ${sentTo} before without an answer`;
  return `${routedTo}: ${counted(count, "event")} \`${eventName}\` ${were} ${before}, and not sent here.`;
}
