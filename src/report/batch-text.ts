/** One request of the ledger with its parts and attempts, as a person reads it. */
import type { Evidence } from "../core/outcome.js";
import { safeName } from "../core/redact.js";
import type { LedgerState, LoggedAttempt, LoggedBatch } from "../store/ledger.js";
import { duration } from "./duration.js";
import { instant } from "./instant.js";
import { ledgerText, stateText } from "./ledger-text.js";
import { counted, figure } from "./table.js";

/** Everything that the ledger holds of a request. */
export function batchText(
  batch: LoggedBatch,
  parts: readonly LoggedBatch[],
  attempts: readonly LoggedAttempt[],
): string {
  const sections = [
    head(batch),
    ...attempts.map(attemptText),
    parts.length === 0 ? "" : `Parts:\n\n${ledgerText(parts).trimEnd()}`,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function head(batch: LoggedBatch): string {
  const { batchId, operation, records, target, sync, runId, openEvents, parent } = batch;
  const note = stateNote(batch);
  const title = `${batchId}: ${operation} of ${counted(records, "record")} for ${safeName(target)} (${safeName(sync)}, run ${String(runId)})`;
  const facts: readonly Fact[] = [
    ["state", `${stateText(batch.state)}${note === undefined ? "" : `: ${note}`}`],
    ["part of", parent],
    ["open", openEvents === 0 ? undefined : counted(openEvents, "event")],
    ["path", batch.path],
    ["fingerprint", batch.fingerprint],
  ];
  return [title, ...factLines(facts)].join("\n");
}

function stateNote({ state, attempts }: LoggedBatch): string | undefined {
  const carried = state === "succeeded" && attempts === 0;
  return carried ? "a request of an earlier run counts for it" : STATE_NOTES[state];
}

const STATE_NOTES: Readonly<Partial<Record<LedgerState, string>>> = {
  sending: "its run ended before the answer; the next run counts it as unknown",
  partially_succeeded: "Meta acknowledged it, less some of its items",
  rejected: "Meta refused its content",
  failed: "surely not applied; the next run plans its records anew",
  unknown: "Meta may have applied it",
  split: "its records went on in parts",
  skipped: "an operator gave it up",
  superseded: "its run ended before it was sent",
};

type Fact = readonly [name: string, value: string | undefined];

function factLines(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(11)}  ${value}`],
  );
}

function attemptText({ attempt, sentAt, settledAt, evidence }: LoggedAttempt): string {
  const answer =
    settledAt === undefined ? "no answer was written down" : `settled ${instant(settledAt)}`;
  const title = `Attempt ${String(attempt)}, sent ${instant(sentAt)}, ${answer}`;
  return [title, ...(evidence === undefined ? [] : factLines(evidenceFacts(evidence)))].join("\n");
}

/** What Meta said as it was kept: redacted, and without characters that a terminal would obey. */
function evidenceFacts(evidence: Evidence): readonly Fact[] {
  const { code, subcode, received, invalid, retryAfterMs, samples = {} } = evidence;
  return [
    ["outcome", evidence.outcome.replaceAll("_", " ")],
    ["summary", evidence.summary],
    ["HTTP status", text(evidence.httpStatus)],
    ["code", subcode === undefined ? text(code) : `${text(code) ?? ""}/${String(subcode)}`],
    ["message", evidence.message],
    ["detail", evidence.detail],
    ["fbtrace_id", evidence.fbtraceId],
    ["request id", evidence.requestId],
    ["received", received === undefined ? undefined : figure(received)],
    ["invalid", invalid === undefined ? undefined : figure(invalid)],
    ...Object.entries(samples).map(([cell, reason]): Fact => ["sample", `${cell}: ${reason}`]),
    ["wait", retryAfterMs === undefined ? undefined : `${duration(retryAfterMs)}, as Meta asked`],
  ];
}

function text(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}
