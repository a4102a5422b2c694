/** Who refused: Meta, this package before sending, or an operator who gave it up. */
export type RejectOrigin = "meta" | "local" | "operator";

/** A record that was refused for itself. */
export interface NewReject {
  /** The logical target, or the pixel id; empty when it never came to one. */
  readonly scope: string;
  /** Which record, unique over all scopes; 32 hex digits: see `delivery/items.ts`. */
  readonly itemId: string;
  /** What about it was refused: a record with another digest is tried again. */
  readonly contentDigest: string;
  readonly operation: "upsert" | "remove" | "import";
  /** In the form that may be shown. */
  readonly identity: string;
  /** A rejection code, or Meta's code and subcode (`100/2804003`). */
  readonly code: string;
  readonly field: string;
  /** Redacted. */
  readonly message: string;
}

/** A reject as the store holds it. */
export interface LoggedReject extends NewReject {
  readonly sync: string;
  readonly batchId: string | undefined;
  readonly origin: RejectOrigin;
  readonly createdAt: number;
}

/** Which record to ask for. */
export interface RejectCandidate {
  readonly itemId: string;
  readonly contentDigest: string;
}

/** Which rejects to list, export or retry; everything that is given has to fit. */
export interface RejectFilter {
  readonly sync?: string;
  readonly scope?: string;
  readonly code?: string;
  readonly origin?: RejectOrigin;
  readonly identity?: string;
  readonly batchId?: string;
}

/** Records that are left out until they change. */
export interface Rejects {
  /** Who refused each candidate with this content, if Meta or an operator did; in their order. */
  standing(
    sync: string,
    candidates: readonly RejectCandidate[],
  ): Promise<readonly ("meta" | "operator" | undefined)[]>;
  /**
   * Notes records that this package rejected before sending; tells of each, in their order, whether
   * it is new: no earlier run first noted it with this content and came to its end, since one that broke
   * off told nobody. Those that a whole run does not note again are gone at its end.
   */
  noteLocal(
    runId: number,
    sync: string,
    rejects: readonly NewReject[],
    at: number,
  ): Promise<readonly boolean[]>;
  /** Forgets the local rejects of a sync that this run, which read its whole source, has not noted. */
  dropStaleLocal(runId: number, sync: string): Promise<void>;
  /** Newest first, at most `limit`. */
  list(filter: RejectFilter, limit: number): Promise<readonly LoggedReject[]>;
  /** How many there are by sync, scope, origin, code and operation. */
  counts(filter: RejectFilter): Promise<readonly RejectCount[]>;
  /** Deletes rejects, so that the next run sends these records again; gives how many. */
  retry(filter: RejectFilter): Promise<number>;
}

/** How many rejects have the same cause. */
export interface RejectCount {
  readonly sync: string;
  readonly scope: string;
  readonly operation: NewReject["operation"];
  readonly origin: RejectOrigin;
  readonly code: string;
  readonly count: number;
}
