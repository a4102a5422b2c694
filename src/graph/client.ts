/** The typed client of the Graph API: requests by the spec, answers read by `answer.ts`. */
import createClient from "openapi-fetch";
import type { Clock, Sleep, Transport } from "../core/ports.js";
import { API_VERSION, ORIGIN } from "../generated/constants.js";
import type { CreateCustomAudienceRequest, paths } from "../generated/graph.js";
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

/** A request that planning has rendered: its body goes out byte for byte as it is here. */
export interface RenderedRequest {
  readonly method: "POST" | "DELETE";
  /** With the API version: `/v25.0/123/users`. */
  readonly path: string;
  /** JSON text. */
  readonly body: string;
}

/** What a page of audiences is asked for. */
export interface AudienceListing {
  /** Field names, separated by commas. */
  readonly fields: string;
  readonly limit: number;
  /** The cursor at which the page before ended. */
  readonly after?: string;
}

/** The calls that this package makes. None of them throws for anything that Meta or a network does. */
export interface GraphClient {
  /** Sends a rendered request, of whichever surface. */
  send(request: RenderedRequest): Promise<Answer>;
  /** One page of the audiences of an ad account, given with or without `act_`. */
  listAudiences(adAccountId: string, listing: AudienceListing): Promise<Answer>;
  readAudience(audienceId: string, fields: string): Promise<Answer>;
  createAudience(adAccountId: string, body: CreateCustomAudienceRequest): Promise<Answer>;
}

/** For one exchange, up to the last byte of its answer. */
export const DEFAULT_TIMEOUT_MS = 120_000;

/** Makes a client; nothing is resolved or sent until a call is made. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const graph = createClient<paths>({ baseUrl: `${ORIGIN}/${options.apiVersion ?? API_VERSION}` });
  const settings: ExchangeOptions = {
    transport: options.transport ?? ((request) => globalThis.fetch(request)),
    accessToken: options.accessToken,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    clock: options.clock ?? Date.now,
    sleep: options.sleep ?? sleepFor,
  };
  const call = (make: (init: CallInit) => Promise<unknown>) =>
    exchange((signal) => requestOf((fetch) => make({ signal, redirect, fetch })), settings);
  return {
    send: (request) => exchange((signal) => renderedRequest(request, signal), settings),
    listAudiences: (adAccountId, query) =>
      call((init) =>
        graph.GET("/act_{ad_account_id}/customaudiences", {
          params: { path: { ad_account_id: accountNumber(adAccountId) }, query },
          ...init,
        }),
      ),
    readAudience: (audienceId, fields) =>
      call((init) =>
        graph.GET("/{custom_audience_id}", {
          params: { path: { custom_audience_id: audienceId }, query: { fields } },
          ...init,
        }),
      ),
    createAudience: (adAccountId, body) =>
      call((init) =>
        graph.POST("/act_{ad_account_id}/customaudiences", {
          params: { path: { ad_account_id: accountNumber(adAccountId) } },
          body,
          ...init,
        }),
      ),
  };
}

/** A followed redirect would take the token to another host. */
const redirect = "manual";

interface CallInit {
  readonly signal: AbortSignal;
  readonly redirect: typeof redirect;
  readonly fetch: Transport;
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

function renderedRequest({ method, path, body }: RenderedRequest, signal: AbortSignal): Request {
  if (!path.startsWith("/") || path.includes("{"))
    throw new TypeError("a request without a resolved target is not sent");
  const headers = { "content-type": "application/json" };
  return new Request(`${ORIGIN}${path}`, { method, body, headers, signal, redirect });
}

function accountNumber(adAccountId: string): string {
  return adAccountId.replace(/^act_/, "");
}
