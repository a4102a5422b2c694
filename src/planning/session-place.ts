/**
 * The place of a request in the upload session of a replace. Its people take the place of whoever is in
 * the audience once all requests of the session are there, and not before.
 */
export interface SessionPlace {
  readonly sessionId: number;
  /** From 1, by which the session opens. */
  readonly sequence: number;
  readonly isLast: boolean;
  /** How many rows the whole session has. */
  readonly rows: number;
  /** The columns of each of its requests, in their order: a session keeps to one schema. */
  readonly columns: readonly string[];
  /** The places of all changes that the session makes together. */
  readonly replaced: { readonly first: number; readonly last: number };
}
