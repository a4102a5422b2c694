import type { ContractRecord, Rejection } from "../core/record.js";
import type { Result } from "../core/result.js";
import type { Shape } from "../mapping/shape.js";

/** What a surface knows about a row beside what its mapping reads. */
export interface Envelope {
  /** Names the row in plans and messages; never an identifier value or an e-mail. */
  readonly identity: string;
  readonly operation: ContractRecord["operation"];
  /** The logical target; empty for events. */
  readonly target: string;
  /**
   * Who it is, whatever the target: the key in canonical JSON, which may hold an identifier; only where
   * a mirror compares people, by its digest.
   */
  readonly member: string | undefined;
}

/** Rows as a planner takes them: their shape, and the envelope of each. */
export interface Rows<B> {
  readonly shape: Shape<B>;
  envelope(batch: B, index: number): Result<Envelope, Rejection>;
}
