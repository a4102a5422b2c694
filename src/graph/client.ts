/** The typed client of the Graph API: requests by the spec, answers read by `answer.ts`. */
import { ORIGIN } from "../generated/constants.js";
import type { CreateCustomAudienceRequest } from "../generated/graph.js";
import type { Answer } from "./answer.js";
import { accountNumber, createCaller, REDIRECT, type GraphClientOptions } from "./caller.js";
import { exchange } from "./exchange.js";

/** A request that planning has rendered: its body goes out byte for byte as it is here. */
export interface RenderedRequest {
  readonly method: "POST" | "DELETE";
  /** With the API version: `/v25.0/123/users`. */
  readonly path: string;
  /** JSON. */
  readonly body: Uint8Array;
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

/** Makes a client; nothing is resolved or sent until a call is made. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { graph, call, settings } = createCaller(options);
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
        graph.GET("/{object_id}", {
          params: { path: { object_id: audienceId }, query: { fields } },
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

function renderedRequest({ method, path, body }: RenderedRequest, signal: AbortSignal): Request {
  if (!path.startsWith("/") || path.includes("{"))
    throw new TypeError("a request without a resolved target is not sent");
  const headers = { "content-type": "application/json" };
  return new Request(`${ORIGIN}${path}`, { method, body, headers, signal, redirect: REDIRECT });
}
