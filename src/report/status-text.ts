/** What a store knows, as a person reads it. */
import { safeName } from "../core/redact.js";
import type { EventCounts } from "../store/event-states.js";
import type { LoggedRun } from "../store/run-log.js";
import { duration } from "./duration.js";
import { instant } from "./instant.js";
import { ledgerText } from "./ledger-text.js";
import { reportedRecords, reportOf } from "./logged-report.js";
import { needsPerson, nextRun } from "./next-steps.js";
import { rejectCountsText } from "./rejects-text.js";
import type { StoreStatus } from "./store-status.js";
import { figure, left, right, textTable } from "./table.js";

/** The whole status; ends with what needs a person. */
export function statusText(status: StoreStatus): string {
  const { runs, events, open, rejects } = status;
  if (runs.length === 0) return "Nothing was run yet.\n";
  const needs = needsPerson(status);
  const sections = [
    textTable(RUN_COLUMNS, runs.map(runRow)),
    events.length === 0 ? "" : textTable(EVENT_COLUMNS, events.map(eventRow)),
    open.length === 0 ? "" : `Open requests:\n\n${ledgerText(open).trimEnd()}`,
    rejects.length === 0
      ? ""
      : `Left out until they change (\`rejects list\` says why):\n\n${rejectCountsText(rejects)}`,
    nextRun(status).join("\n"),
    needs.length === 0
      ? "Nothing needs you."
      : ["What needs you:", ...needs.map((need) => `  ${need}`)].join("\n"),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const RUN_COLUMNS = [
  ...["RUN", "SYNC", "STARTED", "TOOK", "STATUS"].map(left),
  ...["READ", "ACKNOWLEDGED", "ALREADY THERE", "REMOVED", "REJECTED", "OPEN"].map(right),
];

function runRow(run: LoggedRun): readonly string[] {
  const { runId, sync, startedAt, endedAt, status, report } = run;
  return [
    String(runId),
    safeName(sync),
    instant(startedAt),
    endedAt === undefined ? "" : duration(endedAt - startedAt),
    status?.replaceAll("_", " ") ?? "not ended",
    ...(report === undefined ? [] : recordCells(report)),
  ];
}

function recordCells(report: string): readonly string[] {
  const { read, acknowledged, before, removed, rejected, open } = reportedRecords(reportOf(report));
  return [read, acknowledged, before, removed, rejected, open].map(figure);
}

const EVENT_COLUMNS = [left("PIXEL"), ...["DELIVERED", "UNANSWERED", "IN DOUBT"].map(right)];

function eventRow({ pixelId, delivered, unanswered, inDoubt }: EventCounts): readonly string[] {
  return [pixelId, ...[delivered, unanswered, inDoubt].map(figure)];
}
