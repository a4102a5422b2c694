/** The ledger as a person reads it. */
import type { LoggedAttempt, LoggedBatch } from "../store/ledger.js";
import { instantOrBlank } from "./instant.js";
import { counted, figure, textTable, type TableColumn } from "./table.js";

const left = (title: string): TableColumn => ({ title, align: "left" });
const right = (title: string): TableColumn => ({ title, align: "right" });

/** Batches, one a line. */
export function ledgerText(batches: readonly LoggedBatch[]): string {
  if (batches.length === 0) return "No request fits.\n";
  const columns = [
    left("BATCH"),
    left("SYNC"),
    left("TARGET"),
    left("OPERATION"),
    left("STATE"),
    right("RECORDS"),
    right("OPEN"),
    right("ATTEMPTS"),
    left("FIRST SENT"),
    left("LAST ANSWER"),
  ];
  const rows = batches.map((batch) => [
    batch.batchId,
    batch.sync,
    batch.target,
    batch.operation,
    batch.state.replaceAll("_", " "),
    figure(batch.records),
    figure(batch.openEvents),
    figure(batch.attempts),
    instant(batch.firstSentAt),
    batch.summary ?? "",
  ]);
  return `${textTable(columns, rows)}\n`;
}

/** One batch with its parts and attempts. */
export function batchText(
  batch: LoggedBatch,
  parts: readonly LoggedBatch[],
  attempts: readonly LoggedAttempt[],
): string {
  const head = [
    `${batch.batchId}: ${batch.operation} of ${counted(batch.records, "record")} for ${batch.target} (${batch.sync}, run ${String(batch.runId)})`,
    `  state        ${batch.state.replaceAll("_", " ")}${STATE_NOTES[batch.state] ?? ""}`,
    `  path         ${batch.path}`,
    `  fingerprint  ${batch.fingerprint}`,
    ...(batch.openEvents > 0 ? [`  open         ${counted(batch.openEvents, "event")}`] : []),
  ].join("\n");
  const tries = attempts.map(attemptText).join("\n");
  const split = parts.length === 0 ? "" : `Parts:\n\n${ledgerText(parts).trimEnd()}`;
  return `${[head, tries, split].filter((text) => text !== "").join("\n\n")}\n`;
}

const STATE_NOTES: Readonly<Partial<Record<LoggedBatch["state"], string>>> = {
  unknown: "; Meta may hold it",
  failed: "; surely not applied, the next run plans its records anew",
  split: "; its records went on in the parts below",
  skipped: "; given up by an operator",
  superseded: "; the run ended before it was sent",
};

function attemptText({ attempt, sentAt, settledAt, evidence }: LoggedAttempt): string {
  const answered = settledAt === undefined ? "no answer was written down" : instant(settledAt);
  const lines = [`Attempt ${String(attempt)}, sent ${instant(sentAt)}, answered ${answered}`];
  if (evidence === undefined) return lines.join("\n");
  const { summary, httpStatus, code, subcode, message, detail, fbtraceId, retryAfterMs } = evidence;
  const facts = [
    ["outcome", evidence.outcome.replaceAll("_", " ")],
    ["summary", summary],
    ["HTTP status", httpStatus],
    [
      "code",
      subcode === undefined || code === undefined ? code : `${String(code)}/${String(subcode)}`,
    ],
    ["message", message],
    ["detail", detail],
    ["fbtrace_id", fbtraceId],
    ["wait", retryAfterMs === undefined ? undefined : `${String(retryAfterMs / 1000)} s`],
  ] as const;
  for (const [name, value] of facts)
    if (value !== undefined) lines.push(`  ${name.padEnd(11)}  ${String(value)}`);
  return lines.join("\n");
}
