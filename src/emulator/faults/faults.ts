import type { Random } from "../../core/ports.js";
import type { Fault, FaultKind, Reply, Struck } from "./fault.js";

/**
 * What each kind does. Where the answer is lost, chance decides whether the request was carried
 * out before: to its sender the two look the same, and a client has to be right about both.
 */
export const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  "5xx": (struck) => {
    perhapsCarryOut(struck);
    return answer(struck.troubled(oneOf(struck.chance, [500, 503]), 1, false));
  },
  reset: (struck) => {
    perhapsCarryOut(struck);
    return { kind: "cut" };
  },
  hang: (struck) => {
    perhapsCarryOut(struck);
    return { kind: "silence" };
  },
  html: (struck) => {
    perhapsCarryOut(struck);
    return answer(page(oneOf(struck.chance, [200, 400, 502])));
  },
  throttle: (struck) => answer(struck.throttled()),
  transient: (struck) => answer(struck.troubled(400, 2, true)),
  slow: async (struck) => {
    const seconds = 1 + 9 * struck.chance();
    await struck.sleep(Math.round(seconds * 1000), struck.signal);
    return answer(struck.carryOut());
  },
};

function perhapsCarryOut(struck: Struck): void {
  if (struck.chance() < 0.5) struck.carryOut();
}

function oneOf(chance: Random, statuses: readonly number[]): number {
  return statuses[Math.floor(chance() * statuses.length)] ?? 500;
}

function answer(response: Response): Reply {
  return { kind: "answer", response };
}

function page(status: number): Response {
  return new Response("<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>", {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
