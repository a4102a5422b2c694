import type { JsonObject } from "../core/json.js";
import { needsPerson, nextRun } from "./next-steps.js";
import { snakeJson } from "./snake-json.js";
import { batchJson, loggedRunJson, targetJson } from "./store-json.js";
import type { StoreStatus } from "./store-status.js";

/** What a store knows as one object, for machines. */
export function statusJson(status: StoreStatus): JsonObject {
  const { runs, events, open, leftBehind, rejects, creating } = status;
  return {
    runs: runs.map(loggedRunJson),
    events: events.map(snakeJson),
    open: open.map(batchJson),
    left_behind: Object.fromEntries(leftBehind),
    rejects: rejects.map(snakeJson),
    creating: creating.map(targetJson),
    next_run: nextRun(status),
    needs_you: needsPerson(status),
  };
}
