/** What went wrong in a run, each with the advice that belongs to it. */
import type { ReroutedEvents } from "../delivery/rerouted-events.js";
import type { Failure, RunResult } from "../delivery/run-result.js";
import { counted } from "./table.js";

/** One line each; none where all is well. What broke off in the source is told as a diagnostic. */
export function runProblems({ failures, stopped, rerouted }: RunResult): readonly string[] {
  const lines = failures.map((failure) => {
    const times = failure.count > 1 ? ` (${counted(failure.count, "time")})` : "";
    return `${failureText(failure)}${times}`;
  });
  const told = failures.some(({ summary }) => summary === stopped);
  lines.push(...rerouted.map(reroutedLine));
  if (stopped !== undefined)
    lines.push(told ? "The run stopped there." : `The run stopped: ${stopped}`);
  return lines;
}

/** A failure with its code to look up: Meta's own, which is in the sentence, or else ours. */
export function failureText({ target, summary, code, evidence }: Failure): string {
  return `${target}: ${summary}${evidence?.code === undefined ? ` (${code})` : ""}`;
}

function reroutedLine({ eventName, sentTo, answered, routedTo, count }: ReroutedEvents): string {
  const were = count === 1 ? "was" : "were";
  const before = answered
    ? `delivered to ${sentTo} before`
    : `sent to ${sentTo} before without an answer`;
  return `${routedTo}: ${counted(count, "event")} \`${eventName}\` ${were} ${before}, and not sent here.`;
}
