/** A run's result as a person reads it. */
import type { ReroutedEvents } from "../delivery/rerouted-events.js";
import type { RunResult, TargetCounts } from "../delivery/run-result.js";
import { runHeadline } from "./run-headline.js";
import { mirrorTable } from "./mirror-table.js";
import { runNotes } from "./run-notes.js";
import { counted, figure, left, right, textTable } from "./table.js";

const NONE: ReadonlySet<string> = new Set();

/**
 * The whole report; ends with a newline.
 *
 * @param judged fields that a match-quality report behind it tells about
 */
export function runText(result: RunResult, judged: ReadonlySet<string> = NONE): string {
  const sections = [
    runHeadline(result),
    mirrorTable(result),
    targetTable(result),
    recordLine(result),
    rejectionTable(result),
    failureList(result),
    noteList(result, judged),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function targetTable(result: RunResult): string {
  if (result.targets.length === 0) return "";
  const counts = countsOf(result);
  return textTable(
    [...["TARGET", "STATUS", "OPERATION"].map(left), ...counts.map(({ title }) => right(title))],
    result.targets.map((target) => [
      target.target,
      target.status.replaceAll("_", " "),
      target.operation,
      ...counts.map(({ of }) => figure(of(target))),
    ]),
  );
}

interface Count {
  readonly title: string;
  readonly of: (target: TargetCounts) => number;
}

/** A mirror sends rows, and its records are counted by audience. */
function countsOf({ surface, dryRun, mirror }: RunResult): readonly Count[] {
  const records = { title: "RECORDS", of: (target: TargetCounts) => target.records };
  const acknowledged = {
    title: "ACKNOWLEDGED",
    of: (target: TargetCounts) => target.acknowledgedItems,
  };
  return [
    { title: "REQUESTS", of: ({ requests }) => requests },
    ...(mirror === undefined ? [records] : []),
    { title: surface === "events" ? "EVENTS" : "ROWS", of: ({ items }) => items },
    ...(dryRun ? [] : [acknowledged]),
  ];
}

function recordLine({ records, standingRejections, newlyInDoubt }: RunResult): string {
  const ofThem = (count: number, what: string) =>
    count > 0 ? ` (${figure(count)} of them ${what})` : "";
  const parts = [
    [records.planned, "planned"],
    [records.acknowledged, "acknowledged"],
    [records.unchanged, "unchanged"],
    [records.delivered, "delivered before"],
    [records.repeated, "repeated in the source"],
    [records.rejected, `rejected${ofThem(standingRejections, "as before")}`],
    [records.skipped, "given up by an operator"],
    [records.suppressed, "suppressed by `forget`"],
    [records.withheld, "withheld by `only_if`"],
    [records.inDoubt, `in doubt${ofThem(newlyInDoubt, "newly")}`],
    [records.history, "history"],
    [records.failed, "failed"],
    [records.unknown, "sent with an unknown outcome"],
    [records.notSent, "not sent"],
  ] as const;
  const shown = parts
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${figure(count)} ${name}`);
  return `${[`${counted(records.read, "record")} read`, ...shown].join(", ")}.`;
}

function rejectionTable({ rejections, rejectionCauses, records }: RunResult): string {
  if (rejections.size === 0) return "";
  const rows = rejectionCauses
    .toSorted((a, b) => b.count - a.count)
    .map(({ example, count }) => [
      example.code,
      figure(count),
      `${example.identity}: ${example.message}`,
    ]);
  const told = rejectionCauses.reduce((sum, { count }) => sum + count, 0);
  if (told < records.rejected) rows.push(["others", figure(records.rejected - told), ""]);
  return textTable([left("REJECTED"), right("RECORDS"), left("FOR EXAMPLE")], rows);
}

function failureList({ failures, stopped, rerouted }: RunResult): string {
  const lines = failures.map(({ target, summary, count }) => {
    const times = count > 1 ? ` (${counted(count, "time")})` : "";
    return `  ${target}: ${summary}${times}`;
  });
  const told = failures.some(({ summary }) => summary === stopped);
  lines.push(...rerouted.map(reroutedLine));
  if (stopped !== undefined)
    lines.push(told ? "  The run stopped there." : `  The run stopped: ${stopped}`);
  return lines.length === 0 ? "" : ["What went wrong:", ...lines].join("\n");
}

function reroutedLine({ eventName, sentTo, answered, routedTo, count }: ReroutedEvents): string {
  const were = count === 1 ? "was" : "were";
  const before = answered
    ? `delivered to ${sentTo} before`
    : `sent to ${sentTo} before without an answer`;
  return `  ${routedTo}: ${counted(count, "event")} \`${eventName}\` ${were} ${before}, and not sent here.`;
}

function noteList(result: RunResult, judged: ReadonlySet<string>): string {
  const notes = runNotes(result, judged);
  return notes.length === 0 ? "" : ["Noted:", ...notes.map((note) => `  ${note}`)].join("\n");
}
