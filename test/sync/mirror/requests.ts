/** What a mirror sends in tests, and what Meta answers instead. */
import { expect } from "vitest";
import type { Transport } from "../../../src/core/ports.js";
import { csv, MirrorWorld, people, rowsOf, type Person } from "./world.js";

/** Five people in VIP, sent. */
export async function settled(given: readonly Person[] = people(5), world = new MirrorWorld()) {
  expect((await world.run(csv(given))).status).toBe("succeeded");
  world.takeSent();
  return world;
}

/** What was sent, a request a line: how many rows were added to or removed from which audience. */
export function requests(world: MirrorWorld): readonly string[] {
  const names = new Map(world.emulator.state().audiences.map(({ id, name }) => [id, name]));
  return world.sent.map(
    (one) => `${one.method} ${names.get(one.id) ?? one.id}: ${String(rowsOf(one).length)}`,
  );
}

/** Answers the requests about people with these numbers, from 0, by something else. */
export function answering(
  numbers: readonly number[],
  answer: (meta: Transport, request: Request) => Promise<Response>,
): (meta: Transport) => Transport {
  let count = 0;
  return (meta) => async (request) => {
    if (!request.url.includes("/users")) return meta(request);
    count += 1;
    return numbers.includes(count - 1) ? answer(meta, request) : meta(request);
  };
}

/** Meta takes it, and nobody hears of that. */
export const LOST = async (meta: Transport, request: Request): Promise<Response> => {
  await meta(request);
  throw new TypeError("fetch failed");
};

/** Meta refuses it by a code. */
export function failing(code: number, more: object = {}) {
  const error = { code, message: "no", type: "OAuthException", fbtrace_id: "T", ...more };
  return () => Promise.resolve(Response.json({ error }, { status: 400 }));
}

/** Nothing is tried again. */
export const ONCE = { retry: { maxAttempts: 1 } } as const;
