/** Rows of the ledger as the port has them. */
import { isJsonObject, parseJson, type JsonObject } from "../../core/json.js";
import type { Evidence } from "../../core/outcome.js";
import {
  LEDGER_OPERATIONS,
  LEDGER_STATES,
  type LedgerState,
  type LoggedAttempt,
  type LoggedBatch,
} from "../ledger.js";
import type { Row } from "./database.js";
import { number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";

/** A batch. */
export function loggedBatch(row: Row): LoggedBatch {
  return {
    batchId: text(row, "batch_id"),
    runId: number(row, "run_id"),
    sync: text(row, "sync"),
    parent: optionalText(row, "parent"),
    position: number(row, "position"),
    surface: oneOf(row, "surface", ["custom_audiences", "events"]),
    operation: oneOf(row, "operation", LEDGER_OPERATIONS),
    target: text(row, "target"),
    path: text(row, "path"),
    fingerprint: text(row, "fingerprint"),
    records: number(row, "records"),
    itemCount: number(row, "item_count"),
    state: stateOf(row),
    attempts: number(row, "attempts"),
    firstSentAt: optionalNumber(row, "first_sent_at"),
    settledAt: optionalNumber(row, "settled_at"),
    summary: evidenceOf(row)?.summary,
    openEvents: number(row, "open_events"),
  };
}

/** The state of a batch's row. */
export function stateOf(row: Row): LedgerState {
  return oneOf(row, "state", LEDGER_STATES);
}

/** An attempt. */
export function loggedAttempt(row: Row): LoggedAttempt {
  return {
    attempt: number(row, "attempt"),
    sentAt: number(row, "sent_at"),
    deadline: number(row, "deadline"),
    settledAt: optionalNumber(row, "settled_at"),
    evidence: evidenceOf(row),
  };
}

function evidenceOf(row: Row): Evidence | undefined {
  const written = optionalText(row, "evidence");
  const read = written === undefined ? undefined : parseJson(written);
  return read?.ok === true && isEvidence(read.value) ? read.value : undefined;
}

/** Evidence was written whole by this package, so its least is enough to know it by. */
function isEvidence(value: unknown): value is JsonObject & Evidence {
  return isJsonObject(value) && ["outcome", "surface", "summary"].every((key) => key in value);
}
