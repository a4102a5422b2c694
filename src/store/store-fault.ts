/** Why a store cannot be opened: cause and remedy, for people. */
export interface StoreFault {
  readonly code: `store.${string}`;
  readonly message: string;
  readonly remedy: string;
}

/**
 * A store that failed in the middle of a run: a full disk, a file that went away. Thrown, since a run
 * that cannot write down what it does must not go on.
 */
export class StoreFailure extends Error {
  readonly fault: StoreFault = {
    code: "store.failed",
    message: "the store could not be read or written, so the run ended",
    remedy:
      "Check that its disk has room and that its file is still there, then run again; what Meta acknowledged until then is known.",
  };

  /** @param kind what kind of error it was; the engine's own words may quote data */
  constructor(kind: string) {
    super(`the store failed: ${kind}`);
    this.name = "StoreFailure";
  }
}
