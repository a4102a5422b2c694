/** Why a store on a server cannot be opened, each with its remedy. Nothing shows the URL. */
import type { StoreFault } from "../store-fault.js";
import { sqlState, systemCode } from "./failures.js";

/** No URL that the driver takes. */
export function invalidUrl(store: string): StoreFault {
  return {
    code: "store.invalid_url",
    message: `what \`${store}\` holds is no URL of a PostgreSQL database`,
    remedy:
      "Write `postgres://user:password@host:5432/database`, without quotes, and what is special in the password in percent-encoding.",
  };
}

/** The schema has tables, but they are somebody else's. */
export function foreignSchema(store: string, schema: string): StoreFault {
  return {
    code: "store.foreign",
    message: `the schema \`${schema}\` of the store \`${store}\` has tables, but they are no store of retl-meta`,
    remedy: "Give another database; a store is made where there is none.",
  };
}

/** It could not store every text. */
export function otherEncoding(store: string, encoding: string): StoreFault {
  return {
    code: "store.encoding",
    message: `the database of the store \`${store}\` has the encoding ${encoding}`,
    remedy: "Give a database in UTF8.",
  };
}

interface Cause {
  readonly code: StoreFault["code"];
  /** How the sentence goes on: "the store `env:NAME` …". */
  readonly what: string;
  readonly remedy: string;
}

const WHERE = "Check host and port in the URL, and that the server is running and reachable.";

const AUTH: Cause = {
  code: "store.auth",
  what: "refuses its user or password",
  remedy: "Check user and password in the URL, and whom the server admits from here.",
};

const DOWN: Cause = {
  code: "store.unreachable",
  what: "does not take connections: its server starts, stops, or has too many",
  remedy: "Try again in a while.",
};

/** What a server answers, by SQLSTATE. */
const ANSWERS: Readonly<Record<string, Cause>> = {
  "28P01": AUTH,
  "28000": AUTH,
  "3D000": {
    code: "store.no_database",
    what: "names a database that is not there",
    remedy: "Create it, or correct the URL; the tables are made in it, the database is not.",
  },
  "42501": {
    code: "store.rights",
    what: "is closed to its user",
    remedy:
      "Grant it CREATE on the database or a schema `retl_meta` of its own, and TEMPORARY on the database.",
  },
  "25006": {
    code: "store.read_only",
    what: "is on a server that only answers",
    remedy: "Give the URL of the primary server.",
  },
  "53300": DOWN,
  "57P03": DOWN,
};

/** What the system or the driver says. */
const NOT_REACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "cannot be reached: nobody takes connections there",
  ENOTFOUND: "cannot be reached: its host is not known",
  EAI_AGAIN: "cannot be reached: its host is not known at the moment",
  CONNECT_TIMEOUT: "cannot be reached: it does not answer",
  ETIMEDOUT: "cannot be reached: it does not answer",
};

/** What stands between here and an open store; what was said may quote anything, so it is not shown. */
export function connectingFault(store: string, error: unknown): StoreFault {
  const state = sqlState(error);
  return state === undefined
    ? faultOf(store, notReached(systemCode(error)))
    : answeredFault(store, state);
}

/** What a server has against opening a store, by SQLSTATE. */
export function answeredFault(store: string, state: string): StoreFault {
  return faultOf(store, ANSWERS[state] ?? other(state));
}

function faultOf(store: string, { code, what, remedy }: Cause): StoreFault {
  return { code, message: `the store \`${store}\` ${what}`, remedy };
}

function notReached(code: string | undefined): Cause {
  const known = code === undefined ? undefined : NOT_REACHED[code];
  const what = known ?? `cannot be reached${code === undefined ? "" : `: ${code}`}`;
  return { code: "store.unreachable", what, remedy: WHERE };
}

function other(state: string): Cause {
  return {
    code: "store.server_error",
    what: `cannot be opened: PostgreSQL error ${state}`,
    remedy: "The server's log says more.",
  };
}
