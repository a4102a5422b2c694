import { refused, type Answer } from "../answers/answer.js";
import type { Refusal } from "../answers/refusal.js";
import { respond } from "../answers/respond.js";
import { API_VERSION } from "../../generated/constants.js";
import { ok, type Result } from "../../core/result.js";
import { checkAccess } from "../token/access.js";
import { usageHeaders } from "../usage/headers.js";
import { throttleRefusal } from "../usage/throttle.js";
import { countCall, type Usage } from "../usage/usage.js";
import type { World } from "../world/world.js";
import { accountOf } from "./account.js";
import type { Call } from "./call.js";
import { HANDLERS } from "./handlers.js";
import type { Sent } from "./parameters.js";
import { bodyOf } from "./read-body.js";
import { checkQuery } from "./read-query.js";
import { findRoute, type Route } from "./route.js";
import { versionFor, type Version } from "./version.js";

/** A request as it has arrived. */
export interface Arrival {
  readonly world: World;
  readonly sent: Sent;
  /** Unix seconds. */
  readonly now: number;
  readonly trace: string;
}

/** Answers a request as Meta would; what it refuses leaves the world as it was. */
export function carryOut(arrival: Arrival): Response {
  const route = findRoute(arrival.sent.method, arrival.sent.url.pathname);
  if (!route.ok) return refuse(arrival, route.error);
  const version = versionFor(route.value.operation, route.value.version, arrival.now);
  if (!version.ok) return refuse(arrival, version.error);
  const account = accountOf(arrival.world, route.value.parameters);
  const usage = countCall(arrival.world, account, arrival.now);
  const answer = answerOf(arrival, route.value, version.value, usage);
  const headers = { ...usageHeaders(usage), ...warningHeader(answer, version.value) };
  return respond(answer, { trace: arrival.trace, version: version.value.name, headers });
}

/** The spec knows of the warning with an answer that is no refusal. */
function warningHeader(answer: Answer, { warning }: Version): Readonly<Record<string, string>> {
  return warning === undefined || answer.kind === "refused"
    ? {}
    : { "x-ad-api-version-warning": warning };
}

function refuse({ trace }: Arrival, refusal: Refusal): Response {
  return respond(refused(refusal), { trace, version: API_VERSION, headers: {} });
}

function answerOf(arrival: Arrival, route: Route, version: Version, usage: Usage): Answer {
  const throttled = throttleRefusal(usage);
  if (throttled !== undefined) return refused(throttled);
  const call = callOf(arrival, route, version);
  return call.ok ? HANDLERS[route.operation](arrival.world, call.value) : refused(call.error);
}

function callOf(arrival: Arrival, route: Route, version: Version): Result<Call, Refusal> {
  const { world, sent, now, trace } = arrival;
  const { operation, parameters } = route;
  const token = checkAccess(world, operation, sent, now);
  if (!token.ok) return token;
  if (!sent.body.ok) return sent.body;
  const query = checkQuery(operation, sent.url.searchParams);
  if (!query.ok) return query;
  return ok({
    parameters,
    query: query.value,
    body: bodyOf(operation, sent.body.value, query.value),
    version: version.name,
    token: token.value,
    tokenInLinks: world.tokenInLinks(sent.token ?? ""),
    now,
    origin: sent.url.origin,
    trace,
  });
}
