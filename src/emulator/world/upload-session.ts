/** One upload in several requests, as its caller declared it. */
export interface UploadSession {
  /** Columns of its first request; a session keeps to them. */
  readonly columns: readonly string[];
  received: number;
  invalid: number;
  state: "open" | "finished" | "timed_out";
}
