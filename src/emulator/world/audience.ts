import type { JsonObject } from "../../core/json.js";
import type { Cells } from "./identifiers.js";
import type { Membership } from "./membership.js";

/** A custom audience as the emulator keeps it. */
export interface Audience {
  /** Numeric text beyond 2^53, as Meta's are. */
  readonly id: string;
  /** Without `act_`. */
  readonly accountId: string;
  /** What was given at its creation or seeding: name, subtype, description and the like. */
  readonly given: JsonObject;
  /** Unix seconds. */
  readonly createdAt: number;
  readonly membership: Membership;
  readonly uploads: UploadCounts;
  /** Unix seconds of the last upload. */
  contentUpdatedAt: number;
  /** Code of `operation_status`. */
  operationStatus: number;
  /** Who will be in it once a replace has ended. */
  replacing: Replacing | undefined;
}

/** A replace that is going on. */
export interface Replacing {
  readonly sessionId: string;
  /** Unix seconds; then it ends by itself, with whoever was sent by then. */
  readonly until: number;
  readonly rows: Cells[];
}

/** Rows that came in all uploads, additions and removals together. */
export interface UploadCounts {
  requests: number;
  rows: number;
  invalidRows: number;
}

/** Codes of `operation_status` that the emulator sets or obeys. */
export const OPERATION_STATUS = {
  normal: 200,
  nothingUploaded: 410,
  replacing: 414,
  replaceFailed: 415,
  flagged: 471,
} as const;

/** The only kind of audience that takes uploads of people. */
export const UPLOADABLE_SUBTYPE = "CUSTOM";
