/** Rejects as a person reads them. */
import { safeName } from "../core/redact.js";
import type { LoggedReject, RejectCount } from "../store/rejects.js";
import { instant } from "./instant.js";
import { figure, left, right, textTable } from "./table.js";

const COLUMNS = ["SINCE", "SYNC", "SCOPE", "OPERATION", "RECORD", "BATCH", "CODE", "REASON"];

/** How many there are of each cause, and then the newest. */
export function rejectsText(
  counts: readonly RejectCount[],
  newest: readonly LoggedReject[],
): string {
  if (counts.length === 0) return "No reject fits.\n";
  const table = newest.length === 0 ? "" : `\n${textTable(COLUMNS.map(left), newest.map(row))}\n`;
  return `${rejectCountsText(counts)}\n${table}`;
}

function row(reject: LoggedReject): readonly string[] {
  return [
    instant(reject.createdAt),
    safeName(reject.sync),
    safeName(reject.scope),
    reject.operation,
    safeName(reject.identity),
    reject.batchId ?? "",
    reject.code,
    safeName(reject.message),
  ];
}

/** One line a cause. */
export function rejectCountsText(counts: readonly RejectCount[]): string {
  const columns = [
    ...["SYNC", "SCOPE", "OPERATION", "REFUSED BY", "CODE"].map(left),
    right("RECORDS"),
  ];
  const rows = counts.map(({ sync, scope, operation, origin, code, count }) => [
    safeName(sync),
    safeName(scope),
    operation,
    ORIGINS[origin],
    code,
    figure(count),
  ]);
  return textTable(columns, rows);
}

const ORIGINS: Readonly<Record<RejectCount["origin"], string>> = {
  meta: "Meta",
  local: "retl-meta",
  operator: "an operator",
};
