/** A run's result as a person reads it. */
import type { RunResult, RunStatus, TargetCounts } from "../delivery/run-result.js";
import { counted, figure, textTable } from "./table.js";

/** The whole report; ends with a newline. */
export function runText(result: RunResult): string {
  const sections = [
    headline(result),
    targetTable(result),
    recordLine(result),
    rejectionTable(result),
    failureList(result),
    noteList(result),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const STATUS: Readonly<Record<RunStatus, string>> = {
  succeeded: "succeeded",
  partially_succeeded: "succeeded in part",
  failed: "FAILED",
  blocked: "BLOCKED",
  interrupted: "INTERRUPTED",
};

function headline(result: RunResult): string {
  const { surface, dryRun, requests, status } = result;
  if (dryRun && result.sourceProblem !== undefined)
    return `${surface}: the plan broke off with its source, after ${counted(requests.planned, "request")}`;
  const wanted = requests.planned - requests.split;
  if (dryRun) return `${surface}: plan of ${counted(wanted, "request")}; nothing was sent`;
  if (wanted === 0 && status === "succeeded")
    return `${surface}: nothing to send; what was acknowledged before is not sent again`;
  return `${surface}: delivery ${STATUS[status]}; Meta acknowledged ${figure(requests.acknowledged)} of ${counted(wanted, "request")}`;
}

function targetTable(result: RunResult): string {
  if (result.targets.length === 0) return "";
  const items = result.surface === "events" ? "EVENTS" : "ROWS";
  const left = ["TARGET", "STATUS", "OPERATION"].map(
    (title) => ({ title, align: "left" }) as const,
  );
  const right = ["REQUESTS", "RECORDS", items, ...(result.dryRun ? [] : ["ACKNOWLEDGED"])].map(
    (title) => ({ title, align: "right" }) as const,
  );
  return textTable(
    [...left, ...right],
    result.targets.map((target) => targetRow(target, result.dryRun)),
  );
}

function targetRow(counts: TargetCounts, dryRun: boolean): readonly string[] {
  const { target, status, operation, requests, records, items, acknowledgedItems } = counts;
  const numbers = dryRun
    ? [requests, records, items]
    : [requests, records, items, acknowledgedItems];
  return [target, status.replaceAll("_", " "), operation, ...numbers.map(figure)];
}

function recordLine({ records, standingRejections }: RunResult): string {
  const before = standingRejections > 0 ? ` (${figure(standingRejections)} of them as before)` : "";
  const parts = [
    [records.planned, "planned"],
    [records.acknowledged, "acknowledged"],
    [records.delivered, "delivered before"],
    [records.repeated, "repeated in the source"],
    [records.rejected, `rejected${before}`],
    [records.skipped, "given up by an operator"],
    [records.withheld, "withheld by `only_if`"],
    [records.inDoubt, "in doubt"],
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
  return textTable(
    [
      { title: "REJECTED", align: "left" },
      { title: "RECORDS", align: "right" },
      { title: "FOR EXAMPLE", align: "left" },
    ],
    rows,
  );
}

function failureList({ failures, stopped }: RunResult): string {
  const lines = failures.map(({ target, summary, count }) => {
    const times = count > 1 ? ` (${counted(count, "time")})` : "";
    return `  ${target}: ${summary}${times}`;
  });
  const told = failures.some(({ summary }) => summary === stopped);
  if (stopped !== undefined)
    lines.push(told ? "  The run stopped there." : `  The run stopped: ${stopped}`);
  return lines.length === 0 ? "" : ["What went wrong:", ...lines].join("\n");
}

function noteList(result: RunResult): string {
  const { tally } = result;
  const notes = [
    ...stateNotes(result),
    ...[...tally.personalData].map(
      ([field, count]) =>
        `\`${field}\` holds plain personal data in ${counted(count, "record")}; see \`on_personal_data\`.`,
    ),
    ...[...tally.dropped].map(
      ([field, count]) =>
        `${counted(count, "value")} for \`${field}\` could not be used and ${count === 1 ? "was" : "were"} left out.`,
    ),
    ...[...tally.ignoredIdentifiers].map(
      ([type, count]) =>
        `${counted(count, "identifier")} of type \`${type}\` ignored: the mapping does not name it.`,
    ),
    ...[...tally.unmapped].map(
      ([field, count]) =>
        `\`${field}\` in ${counted(count, "record")} is not a field of Meta's and was left out.`,
    ),
  ];
  return notes.length === 0 ? "" : ["Noted:", ...notes.map((note) => `  ${note}`)].join("\n");
}

/** What earlier runs left that somebody may want to decide on. */
function stateNotes(result: RunResult): readonly string[] {
  const { records, changedSinceDelivery, unnamedInvalidItems } = result;
  const notes = [
    [
      records.inDoubt,
      `${counted(records.inDoubt, "event")} never answered for so long that Meta might count a repeat twice: \`ledger list --state unknown\` shows the requests, \`ledger retry\` or \`ledger skip\` decides.`,
    ],
    [
      changedSinceDelivery,
      `${counted(changedSinceDelivery, "event")} changed after delivery; Meta keeps the first.`,
    ],
    [
      unnamedInvalidItems,
      `Meta counted ${counted(unnamedInvalidItems, "row")} as malformed without naming ${unnamedInvalidItems === 1 ? "it" : "them"}.`,
    ],
  ] as const;
  return notes.filter(([count]) => count > 0).map(([, note]) => note);
}
