/** How typed requests are made by the spec and exchanged for answers. */
import createClient, { type Client } from "openapi-fetch";
import type { Clock, Sleep, Transport } from "../core/ports.js";
import { API_VERSION, ORIGIN } from "../generated/constants.js";
import type { paths } from "../generated/graph.js";
import type { Answer } from "./answer.js";
import { sleepFor } from "./sleep.js";
import { exchange, type AccessToken, type ExchangeOptions } from "./exchange.js";

/** What a client is made of. */
export interface GraphClientOptions {
  /** Whoever finds the token; asked when a request is about to leave. */
  readonly accessToken: AccessToken;
  /** `v25.0`; the spec's when missing. */
  readonly apiVersion?: string;
  /** Sees the production URL; the global `fetch`, looked up at each request, when missing. */
  readonly transport?: Transport;
  /** For one exchange, up to the last byte of its answer; two minutes when missing. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** Lets the time limit pass; in real time when missing. */
  readonly sleep?: Sleep;
}

/** For one exchange, up to the last byte of its answer. */
export const DEFAULT_TIMEOUT_MS = 120_000;

/** A followed redirect would take the token to another host. */
export const REDIRECT = "manual";

/** What a typed request is made with, beside what it asks for. */
export interface CallInit {
  readonly signal: AbortSignal;
  readonly redirect: typeof REDIRECT;
  readonly fetch: Transport;
}

/** Makes typed requests and exchanges them. */
export interface Caller {
  readonly graph: Client<paths>;
  readonly call: (make: (init: CallInit) => Promise<unknown>) => Promise<Answer>;
  readonly settings: ExchangeOptions;
}

/** Makes a caller; nothing is resolved or sent until it calls. */
export function createCaller(options: GraphClientOptions): Caller {
  const settings: ExchangeOptions = {
    transport: options.transport ?? ((request) => globalThis.fetch(request)),
    accessToken: options.accessToken,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    clock: options.clock ?? Date.now,
    sleep: options.sleep ?? sleepFor,
  };
  return {
    graph: createClient<paths>({ baseUrl: `${ORIGIN}/${options.apiVersion ?? API_VERSION}` }),
    call: (make) =>
      exchange(
        (signal) => requestOf((fetch) => make({ signal, redirect: REDIRECT, fetch })),
        settings,
      ),
    settings,
  };
}

/** The number of an ad account, given with or without `act_`. */
export function accountNumber(adAccountId: string): string {
  return adAccountId.replace(/^act_/, "");
}

/**
 * Lets openapi-fetch make its typed request and takes it out of its hands: it would read the answer
 * without a limit, and as if it were always what the spec says.
 */
function requestOf(make: (fetch: Transport) => Promise<unknown>): Promise<Request> {
  return new Promise((resolve, reject) => {
    const take: Transport = (request) => {
      resolve(request);
      return Promise.resolve(new Response(null, { status: 204 }));
    };
    make(take).catch(reject);
  });
}
