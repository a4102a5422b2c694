import { randomUUID } from "node:crypto";
import type { Transport } from "../core/ports.js";
import { sleepFor } from "../graph/sleep.js";
import { createTraces } from "./answers/trace.js";
import { drawFaults } from "./faults/draw-faults.js";
import type { Reply } from "./faults/fault.js";
import { strike } from "./faults/strike.js";
import type { EmulatorOptions } from "./options.js";
import { readSent } from "./requests/parameters.js";
import { stateOf, summaryOf, type EmulatorState, type EmulatorSummary } from "./state.js";
import { endOverdueReplaces } from "./users/replace.js";
import { createWorld } from "./world/create-world.js";
import type { World } from "./world/world.js";

/** A local Graph API that lives in memory. */
export interface Emulator {
  readonly instanceId: string;
  /** What comes back to a request; the origin of its URL does not matter. Never rejects. */
  receive(request: Request): Promise<Reply>;
  /**
   * The same as `fetch`, and so a transport: rejects when the connection is cut, and when the signal ends
   * a silence. The origin of the URL does not matter.
   */
  readonly handle: Transport;
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
  const nextFate = drawFaults(options.faults, options.seed);
  const now = (): number => Math.floor(options.clock() / 1000);
  const present = (): World => {
    endOverdueReplaces(world, now());
    return world;
  };
  const state = (): EmulatorState => stateOf(present(), instanceId);
  const summary = (): EmulatorSummary => summaryOf(present(), instanceId);
  const receive = async (request: Request): Promise<Reply> => {
    const url = new URL(request.url);
    if (url.pathname === STATE_PATH) {
      const shown = url.searchParams.get("summary") === "1" ? summary() : state();
      return { kind: "answer", response: Response.json(shown) };
    }
    const arrival = { trace: nextTrace(), fate: nextFate() };
    const sent = await readSent(request);
    const call = { world: present(), sent, now: now(), trace: arrival.trace };
    return strike(arrival.fate, call, options.sleep ?? sleepFor, request.signal);
  };
  return { instanceId, state, summary, receive, handle: (request) => fetchFrom(receive, request) };
}

async function fetchFrom(receive: Emulator["receive"], request: Request): Promise<Response> {
  const reply = await receive(request);
  if (reply.kind === "answer") return reply.response;
  if (reply.kind === "cut") throw new TypeError("fetch failed: the emulator cut the connection");
  const { signal } = request;
  return new Promise((_resolve, reject) => {
    const end = (): void =>
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
