/** The ledger as a person reads it. */
import { safeName } from "../core/redact.js";
import type { LedgerState, LoggedBatch } from "../store/ledger.js";
import { instantOrBlank } from "./instant.js";
import { figure, left, right, textTable } from "./table.js";

const COLUMNS = [
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

/** Requests, one a line. */
export function ledgerText(batches: readonly LoggedBatch[]): string {
  return batches.length === 0
    ? "No request fits.\n"
    : `${textTable(COLUMNS, batches.map(batchRow))}\n`;
}

function batchRow(batch: LoggedBatch): readonly string[] {
  return [
    batch.batchId,
    safeName(batch.sync),
    safeName(batch.target),
    batch.operation,
    stateText(batch.state),
    figure(batch.records),
    figure(batch.openEvents),
    figure(batch.attempts),
    instantOrBlank(batch.firstSentAt),
    safeName(batch.summary ?? ""),
  ];
}

/** A state in words. */
export function stateText(state: LedgerState): string {
  return state.replaceAll("_", " ");
}
