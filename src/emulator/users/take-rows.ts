import type { JsonObject } from "../../core/json.js";
import { done, refused, type Answer } from "../answers/answer.js";
import { OPERATION_STATUS, type Audience } from "../world/audience.js";
import type { Cells } from "../world/identifiers.js";
import type { World } from "../world/world.js";
import type { Upload } from "./check-upload.js";
import { readRow, type InvalidSample } from "./read-row.js";
import { enterSession, type SessionCounts } from "./session.js";

/** Meta names at most so many malformed entries in an answer. */
const MAX_SAMPLES = 100;

/**
 * Applies the valid rows of an upload one by one, and counts the others: unlike events, one
 * malformed row does not hold back the rest.
 *
 * @param now Unix seconds
 */
export function takeRows(
  world: World,
  upload: Upload,
  now: number,
  apply: (cells: Cells) => void,
): Answer {
  const session = enterSession(world, upload);
  if (!session.ok) return refused(session.error);
  const samples: InvalidSample[] = [];
  let invalid = 0;
  for (const row of upload.rows) {
    const read = readRow(upload.columns, row);
    if (read.kind === "valid") apply(read.cells);
    else {
      invalid += 1;
      samples.push(...read.samples);
    }
  }
  note(upload.audience, upload.rows.length, invalid, now);
  return done(answerBody(upload.audience, session.value(upload.rows.length, invalid), samples));
}

function note(audience: Audience, rows: number, invalid: number, now: number): void {
  audience.uploads.requests += 1;
  audience.uploads.rows += rows;
  audience.uploads.invalidRows += invalid;
  audience.contentUpdatedAt = now;
  if (audience.operationStatus === OPERATION_STATUS.nothingUploaded) {
    audience.operationStatus = OPERATION_STATUS.normal;
  }
}

function answerBody(
  audience: Audience,
  counts: SessionCounts,
  samples: readonly InvalidSample[],
): JsonObject {
  return {
    audience_id: audience.id,
    session_id: counts.sessionId,
    num_received: counts.received,
    num_invalid_entries: counts.invalid,
    invalid_entry_samples: Object.fromEntries(new Map(samples.slice(0, MAX_SAMPLES))),
  };
}
