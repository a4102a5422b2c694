/** What is left to do about what a store knows: by a person, and by the next run on its own. */
import { safeName } from "../core/redact.js";
import type { EventCounts } from "../store/event-states.js";
import type { RejectCount } from "../store/rejects.js";
import type { LoggedRun, RunEnd } from "../store/run-log.js";
import { reportedProblems, reportOf } from "./logged-report.js";
import type { StoreStatus } from "./store-status.js";
import { counted } from "./table.js";

/** What needs a person, one sentence or two each. */
export function needsPerson({
  latest,
  leftBehind,
  events,
  rejects,
}: StoreStatus): readonly string[] {
  const inDoubt = sum(events, (counts) => counts.inDoubt);
  return [
    ...latest.flatMap(runAdvice),
    ...Array.from(leftBehind, ([sync, requests]) => left(sync, requests)),
    ...rejects.filter(isStillThere).map(stillThere),
    ...(inDoubt === 0 ? [] : [`${doubt(inDoubt)} ${DECIDE}`]),
  ];
}

/** Whoever delivers other records each time does not come back to them of its own accord. */
function left(sync: string, requests: number): string {
  const are = requests === 1 ? "is" : "are";
  const them = requests === 1 ? "it" : "them";
  return `\`${safeName(sync)}\`: ${counted(requests, "request")} of earlier runs ${are} open, and later runs had other records. Run those records again, or give ${them} up: \`ledger list --sync ${safeName(sync)}\` shows ${them}.`;
}

/** Somebody who should not be in an audience is there, and no run changes that of its own accord. */
function isStillThere({ operation, origin }: RejectCount): boolean {
  return operation === "remove" && origin === "meta";
}

function stillThere({ sync, scope, count }: RejectCount): string {
  const [are, them] = count === 1 ? ["is", "it"] : ["are", "them"];
  return `\`${safeName(sync)}\`: ${counted(count, "row")} ${are} still in "${safeName(scope)}", because Meta refused to remove ${them}: \`rejects list --sync ${safeName(sync)}\` says why, \`rejects retry\` tries again.`;
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

/** So many things are said of one run; its report has the others. */
const MOST_PROBLEMS = 5;

/** About the last run of a sync, if it left something to do. */
function runAdvice(run: LoggedRun): readonly string[] {
  const { sync, runId, holder, status = "under_way" } = run;
  const problems = run.report === undefined ? [] : reportedProblems(reportOf(run.report));
  const advice = ADVICE[status](problems, safeName(holder));
  const further = advice.length - MOST_PROBLEMS;
  return [
    ...advice.slice(0, MOST_PROBLEMS),
    ...(further > 0 ? [`and ${counted(further, "thing")} more.`] : []),
  ].map((said) => `\`${safeName(sync)}\`, run ${String(runId)}, ${said}`);
}

type Advice = (problems: readonly string[], holder: string) => readonly string[];

const ADVICE: Readonly<Record<RunEnd | "under_way", Advice>> = {
  succeeded: () => [],
  partially_succeeded: (problems) => problems.map((problem) => `succeeded in part: ${problem}`),
  failed: (problems) =>
    problems.length === 0
      ? ["failed: run it again."]
      : problems.map((problem) => `failed: ${problem}`),
  blocked: ([problem]) => [
    `was blocked: ${problem ?? "put token, permission and terms in order."} Then run it again.`,
  ],
  interrupted: () => ["was interrupted: run it again to send the rest."],
  unfinished: () => ["broke off: run it again, and it goes on from there."],
  under_way: (_, holder) => [
    `has not ended: if its process is gone (${holder}), run it again, and it goes on from there.`,
  ],
};
