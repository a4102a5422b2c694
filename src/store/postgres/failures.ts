/** What a server or the way to it says when a statement fails; its words may quote data. */
import { StoreFailure, type StoreFault } from "../store-fault.js";

/** The class of an SQLSTATE: the connection, or a server that goes down. */
const CONNECTION_STATES = /^(08|57P0|25P03)/;

/** A failure in the middle of a run. */
export function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const state = sqlState(error);
  if (state === undefined) return notConnected(systemCode(error) ?? "unknown error");
  return CONNECTION_STATES.test(state) ? notConnected(state) : new StatementFailure(state);
}

/** A statement that the server refused. */
export class StatementFailure extends StoreFailure {
  /** @param state the SQLSTATE */
  constructor(readonly state: string) {
    super(`PostgreSQL error ${state}`, failed(state));
  }
}

/** The connection fell. @param why a code */
export function notConnected(why: string): StoreFailure {
  return new StoreFailure(`no connection: ${why}`, CONNECTION_LOST);
}

/** The code by which a server tells what is wrong. */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf(error);
  return error instanceof Error && error.name === "PostgresError" ? code : undefined;
}

/** The code by which the system or the driver tells what is wrong: `ECONNREFUSED`. */
export function systemCode(error: unknown): string | undefined {
  return sqlState(error) === undefined ? codeOf(error) : undefined;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^[A-Z0-9_]+$/.test(error.code) ? error.code : undefined;
}

const CONNECTION_LOST: StoreFault = {
  code: "store.connection_lost",
  message: "the connection to the store was lost, so the run ended",
  remedy:
    "Check the server and the way to it, then run again; what Meta acknowledged until then is known.",
};

function failed(state: string): StoreFault {
  return {
    code: "store.failed",
    message: `the store could not be read or written (PostgreSQL error ${state}), so the run ended`,
    remedy:
      "The server's log says more. Mend it, then run again; what Meta acknowledged until then is known.",
  };
}
