/** A run's result as a person reads it. */
import type { RunResult, TargetCounts } from "../delivery/run-result.js";
import { runHeadline } from "./run-headline.js";
import { mirrorTable } from "./mirror-table.js";
import { recordParts } from "./record-parts.js";
import { runNotes } from "./run-notes.js";
import { runProblems } from "./run-problems.js";
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

function recordLine(result: RunResult): string {
  const shown = recordParts(result).map(({ count, name }) => `${figure(count)} ${name}`);
  return `${[`${counted(result.records.read, "record")} read`, ...shown].join(", ")}.`;
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

function failureList(result: RunResult): string {
  const problems = runProblems(result);
  if (problems.length === 0) return "";
  return ["What went wrong:", ...problems.map((problem) => `  ${problem}`)].join("\n");
}

function noteList(result: RunResult, judged: ReadonlySet<string>): string {
  const notes = runNotes(result, judged);
  return notes.length === 0 ? "" : ["Noted:", ...notes.map((note) => `  ${note}`)].join("\n");
}
