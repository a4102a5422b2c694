import { randomUUID } from "node:crypto";
import { refused, type Answer } from "./answers/answer.js";
import { tokenRefused } from "./answers/refusal.js";
import { respond } from "./answers/respond.js";
import { createTraces } from "./answers/trace.js";
import type { EmulatorOptions } from "./options.js";
import { hasToken } from "./requests/bearer.js";
import { HANDLERS } from "./requests/handlers.js";
import { readBody } from "./requests/read-body.js";
import { findRoute } from "./requests/route.js";
import { stateOf, summaryOf, type EmulatorState, type EmulatorSummary } from "./state.js";
import { endOverdueReplaces } from "./users/replace.js";
import { createWorld } from "./world/create-world.js";
import type { World } from "./world/world.js";

/** A local Graph API that lives in memory. */
export interface Emulator {
  readonly instanceId: string;
  /** Answers a request as Meta would; the origin of its URL does not matter. Never rejects. */
  handle(request: Request): Promise<Response>;
  /** What it holds, a copy of this moment. */
  state(): EmulatorState;
  /** The same without members and events. */
  summary(): EmulatorSummary;
}

/** Where the emulator tells what it holds; no path of Meta's. */
export const STATE_PATH = "/_emulator/state";

/**
 * Makes an emulator of what this destination uses of Meta's API.
 *
 * @example
 * const emulator = createEmulator({ clock: Date.now, matching: "person" });
 * const response = await emulator.handle(new Request("https://graph.facebook.com/v25.0/me/permissions"));
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const instanceId = options.instanceId ?? randomUUID();
  const world = createWorld(options);
  const nextTrace = createTraces(instanceId);
  const present = (): World => {
    endOverdueReplaces(world, Math.floor(options.clock() / 1000));
    return world;
  };
  const state = (): EmulatorState => stateOf(present(), instanceId);
  const summary = (): EmulatorSummary => summaryOf(present(), instanceId);
  return {
    instanceId,
    state,
    summary,
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.pathname === STATE_PATH)
        return Response.json(url.searchParams.get("summary") === "1" ? summary() : state());
      const trace = nextTrace();
      return respond(await answer(present(), options, request, trace), trace);
    },
  };
}

async function answer(
  world: World,
  options: EmulatorOptions,
  request: Request,
  trace: string,
): Promise<Answer> {
  const url = new URL(request.url);
  const route = findRoute(request.method, url.pathname);
  if (!route.ok) return refused(route.error);
  if (!hasToken(request.headers)) return refused(tokenRefused());
  const { operation, parameters } = route.value;
  const body = await readBody(operation, request);
  if (!body.ok) return refused(body.error);
  return HANDLERS[operation](world, {
    parameters,
    query: url.searchParams,
    body: body.value,
    now: Math.floor(options.clock() / 1000),
    origin: url.origin,
    trace,
  });
}
