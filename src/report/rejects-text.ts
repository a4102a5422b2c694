/** Rejects as a person reads them. */
import type { LoggedReject, RejectCount } from "../store/rejects.js";
import { instant } from "./instant.js";
import { figure, textTable, type TableColumn } from "./table.js";

const left = (title: string): TableColumn => ({ title, align: "left" });

/** How many there are of each cause, and then the newest. */
export function rejectsText(
  counts: readonly RejectCount[],
  newest: readonly LoggedReject[],
): string {
  if (counts.length === 0) return "No reject fits.\n";
  const rows = newest.map(({ createdAt, sync, scope, operation, identity, code, message }) => [
    instant(createdAt),
    sync,
    scope,
    operation,
    identity,
    code,
    message,
  ]);
  const columns = ["SINCE", "SYNC", "TARGET", "OPERATION", "RECORD", "CODE", "REASON"].map(left);
  return `${rejectCountsText(counts)}\n\n${textTable(columns, rows)}\n`;
}

/** One line a cause. */
export function rejectCountsText(counts: readonly RejectCount[]): string {
  const columns = ["SYNC", "TARGET", "REFUSED BY", "CODE"].map(left);
  const rows = counts.map(({ sync, scope, origin, code, count }) => [
    sync,
    scope,
    ORIGINS[origin],
    code,
    figure(count),
  ]);
  return textTable([...columns, { title: "RECORDS", align: "right" }], rows);
}

const ORIGINS: Readonly<Record<RejectCount["origin"], string>> = {
  meta: "Meta",
  local: "retl-meta",
  operator: "an operator",
};
