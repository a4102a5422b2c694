/** What is left to do about what a store knows: by a person, and by the next run on its own. */
import { safeName } from "../core/redact.js";
import type { EventCounts } from "../store/event-states.js";
import type { LoggedRun, RunEnd } from "../store/run-log.js";
import { reportedProblem, reportOf } from "./logged-report.js";
import type { StoreStatus } from "./store-status.js";
import { counted } from "./table.js";

/** What needs a person, one sentence or two each. */
export function needsPerson({ latest, leftBehind, events }: StoreStatus): readonly string[] {
  const inDoubt = sum(events, (counts) => counts.inDoubt);
  return [
    ...latest.flatMap((run) => {
      const advice = runAdvice(run);
      return advice === undefined ? [] : [advice];
    }),
    ...Array.from(leftBehind, ([sync, requests]) => left(sync, requests)),
    ...(inDoubt === 0 ? [] : [`${doubt(inDoubt)} ${DECIDE}`]),
  ];
}

/** Whoever delivers other records each time does not come back to them of its own accord. */
function left(sync: string, requests: number): string {
  const are = requests === 1 ? "is" : "are";
  const them = requests === 1 ? "it" : "them";
  return `\`${safeName(sync)}\`: ${counted(requests, "request")} of earlier runs ${are} open, and later runs had other records. Run those records again, or give ${them} up: \`ledger list --sync ${safeName(sync)}\` shows ${them}.`;
}

function doubt(events: number): string {
  return events === 1
    ? "1 event is in doubt: it was never answered, and may count twice if it is sent again by now."
    : `${counted(events, "event")} are in doubt: they were never answered, and may count twice if they are sent again by now.`;
}

const DECIDE =
  "`ledger list --state unknown,failed` shows the requests; `ledger retry` sends them again all the same, `ledger skip` gives them up.";

/** What the next run does unasked. */
export function nextRun({ events, creating }: StoreStatus): readonly string[] {
  const unanswered = sum(events, (counts) => counts.unanswered);
  return [
    ...(unanswered === 0
      ? []
      : [
          `The next run that finds ${unanswered === 1 ? "it" : "them"} in its source sends ${counted(unanswered, "unanswered event")} again.`,
        ]),
    ...creating.map(
      ({ target }) =>
        `The next run looks up the audience "${safeName(target)}", whose creation was begun.`,
    ),
  ];
}

function sum(events: readonly EventCounts[], of: (counts: EventCounts) => number): number {
  return events.reduce((total, counts) => total + of(counts), 0);
}

/** About the last run of a sync, if it left something to do. */
function runAdvice(run: LoggedRun): string | undefined {
  const { sync, runId, holder, status = "under_way" } = run;
  const problem = run.report === undefined ? undefined : reportedProblem(reportOf(run.report));
  const advice = ADVICE[status](problem, safeName(holder));
  return advice === undefined
    ? undefined
    : `\`${safeName(sync)}\`, run ${String(runId)}, ${advice}`;
}

type Advice = (problem: string | undefined, holder: string) => string | undefined;

const ADVICE: Readonly<Record<RunEnd | "under_way", Advice>> = {
  succeeded: () => undefined,
  partially_succeeded: (problem) =>
    problem === undefined ? undefined : `succeeded in part: ${problem}`,
  failed: (problem) => `failed: ${problem ?? "run it again."}`,
  blocked: (problem) =>
    `was blocked: ${problem ?? "put token, permission and terms in order."} Then run it again.`,
  interrupted: () => "was interrupted: run it again to send the rest.",
  unfinished: () => "broke off: run it again, and it goes on from there.",
  under_way: (_, holder) =>
    `has not ended: if its process is gone (${holder}), run it again, and it goes on from there.`,
};
