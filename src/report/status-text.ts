/** What a store knows, as a person reads it. */
import type { EventCounts } from "../store/event-states.js";
import type { LoggedBatch } from "../store/ledger.js";
import type { RejectCount } from "../store/rejects.js";
import type { LoggedRun } from "../store/run-log.js";
import type { RegisteredTarget } from "../store/target-registry.js";
import { instant } from "./instant.js";
import { ledgerText } from "./ledger-text.js";
import { rejectCountsText } from "./rejects-text.js";
import { counted, figure, textTable } from "./table.js";

/** Everything that `status` tells. */
export interface StoreStatus {
  readonly runs: readonly LoggedRun[];
  readonly events: readonly EventCounts[];
  /** Requests with events that are neither delivered nor refused. */
  readonly open: readonly LoggedBatch[];
  readonly rejects: readonly RejectCount[];
  /** Audiences whose creation was begun and not finished. */
  readonly creating: readonly RegisteredTarget[];
}

/** The whole status; ends with what needs a person. */
export function statusText(status: StoreStatus): string {
  const { runs, events, open, rejects } = status;
  if (runs.length === 0) return "Nothing was run yet.\n";
  const sections = [
    runTable(runs),
    events.length === 0 ? "" : eventTable(events),
    open.length === 0 ? "" : `Open requests:\n\n${ledgerText(open).trimEnd()}`,
    rejects.length === 0 ? "" : `Left out until they change:\n\n${rejectCountsText(rejects)}`,
    needs(status),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function runTable(runs: readonly LoggedRun[]): string {
  const columns = ["RUN", "SYNC", "STARTED", "ENDED", "STATUS"].map(
    (title) => ({ title, align: "left" }) as const,
  );
  const rows = runs.map(({ runId, sync, startedAt, endedAt, status, holder }) => [
    String(runId),
    sync,
    instant(startedAt),
    instant(endedAt),
    status?.replaceAll("_", " ") ?? `running (${holder})`,
  ]);
  return textTable(columns, rows);
}

function eventTable(events: readonly EventCounts[]): string {
  const right = ["DELIVERED", "UNANSWERED", "IN DOUBT"].map(
    (title) => ({ title, align: "right" }) as const,
  );
  const rows = events.map(({ pixelId, delivered, unanswered, inDoubt }) => [
    pixelId,
    ...[delivered, unanswered, inDoubt].map(figure),
  ]);
  return textTable([{ title: "PIXEL", align: "left" }, ...right], rows);
}

function needs({ runs, events, creating }: StoreStatus): string {
  const sum = (of: (counts: EventCounts) => number) =>
    events.reduce((total, counts) => total + of(counts), 0);
  const inDoubt = sum((counts) => counts.inDoubt);
  const unanswered = sum((counts) => counts.unanswered);
  const [last] = runs;
  const lines = [
    ...(inDoubt > 0
      ? [
          `${counted(inDoubt, "event")} in doubt: see \`ledger list --state unknown\`, then \`ledger retry\` (may count twice) or \`ledger skip\` (may be missing).`,
        ]
      : []),
    ...(unanswered > 0
      ? [`${counted(unanswered, "event")} unanswered: the next run sends them again.`]
      : []),
    ...(last?.status === "blocked" ||
    last?.status === "unfinished" ||
    last?.status === "interrupted"
      ? [`The last run ended as ${last.status}: run it again${BLOCKED[last.status] ?? ""}.`]
      : []),
    ...creating.map(
      ({ target }) => `The audience "${target}" was being created: the next run looks it up first.`,
    ),
  ];
  return lines.length === 0 ? "Nothing needs you." : lines.join("\n");
}

const BLOCKED: Readonly<Record<string, string>> = {
  blocked: " once token, permission and terms are in order",
};
