import type { Entry } from "../surfaces/entry.js";

/** Entries that go out in one request: of one surface, target and operation, in the records' order. */
export interface Batch {
  readonly surface: Entry["surface"];
  readonly operation: Entry["operation"];
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly entries: readonly Entry[];
}
