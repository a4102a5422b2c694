import type { Entry } from "../surfaces/entry.js";
import type { SessionPlace } from "./session-place.js";

/** Entries that go out in one request: of one surface, target and operation, in the records' order. */
export interface Batch {
  readonly surface: Entry["surface"];
  readonly operation: Entry["operation"] | "replace";
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly entries: readonly Entry[];
  /** Of a replace. */
  readonly session?: SessionPlace;
  /** Of additions that are sent once more, behind removals that may undo them. */
  readonly isPreliminary?: boolean;
}
