import type { StoreFaultCode } from "../core/catalogue/catalogue.js";

/** Why a store cannot be used: cause and remedy, for people. */
export interface StoreFault {
  readonly code: StoreFaultCode;
  readonly message: string;
  readonly remedy: string;
}

/** Its engine gave up: a full disk, a file that went away. */
const FAILED: StoreFault = {
  code: "store.failed",
  message: "the store could not be read or written, so the run ended",
  remedy:
    "Check that its disk has room and that its file is still there, then run again; what Meta acknowledged until then is known.",
};

/** Another run of this sync has taken over, since this one was cut off or held to be dead. */
export const LEASE_LOST: StoreFault = {
  code: "store.lease_lost",
  message: "the lease on this sync was lost to another run, so this one ended",
  remedy:
    "Nothing needs mending: the other run goes on. If it was not meant to start, see why this one lost its connection to the store.",
};

/** A sync runs once at a time. */
export function syncTaken(sync: string, holder: string): StoreFault {
  return {
    code: "store.sync_taken",
    message: `the sync \`${sync}\` is being run by ${holder}`,
    remedy: "Wait until that run has ended, or stop it.",
  };
}

/**
 * A store that failed in the middle of a run, or that refuses it. Thrown, since a run that cannot
 * write down what it does must not go on; the next run completes it. `fault` has a stable code:
 * `store.failed`, `store.lease_lost`, `store.sync_taken`.
 *
 * @example
 * try {
 *   await meta.deliver([order]);
 * } catch (error) {
 *   if (!(error instanceof StoreFailure)) throw error;
 *   console.error(`${error.fault.message}. ${error.fault.remedy}`);
 * }
 */
export class StoreFailure extends Error {
  /** @param kind what kind of error it was; the engine's own words may quote data */
  constructor(
    readonly kind: string,
    readonly fault: StoreFault = FAILED,
  ) {
    super(`the store failed: ${kind}`);
    this.name = "StoreFailure";
  }
}

/** The same failure, of a run that had not sent anything yet. */
export function nothingSent({ kind, fault }: StoreFailure): StoreFailure {
  return new StoreFailure(kind, { ...fault, message: `${fault.message}; nothing was sent` });
}
