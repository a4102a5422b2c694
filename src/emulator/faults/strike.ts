import type { Sleep } from "../../core/ports.js";
import { refused } from "../answers/answer.js";
import { trouble, type Refusal } from "../answers/refusal.js";
import { respond } from "../answers/respond.js";
import { API_VERSION } from "../../generated/constants.js";
import { accountOf } from "../requests/account.js";
import { carryOut, type Arrival } from "../requests/carry-out.js";
import { findRoute } from "../requests/route.js";
import { usageHeaders } from "../usage/headers.js";
import { throttledAnyway } from "../usage/throttle.js";
import type { Fate } from "./draw-faults.js";
import type { Reply } from "./fault.js";
import { FAULTS } from "./faults.js";

/** Lets a request meet its fate. */
export async function strike(
  { kind, chance }: Fate,
  arrival: Arrival,
  sleep: Sleep,
  signal: AbortSignal,
): Promise<Reply> {
  if (kind === undefined) return { kind: "answer", response: carryOut(arrival) };
  const { faults } = arrival.world;
  faults.set(kind, (faults.get(kind) ?? 0) + 1);
  return FAULTS[kind]({
    carryOut: () => carryOut(arrival),
    throttled: () => throttled(arrival),
    troubled: (status, code, transient) => answer(arrival, trouble(status, code, transient), {}),
    chance,
    sleep,
    signal,
  });
}

/** The answer of a limit that is used up, whoever used it. */
function throttled(arrival: Arrival): Response {
  const { sent, world } = arrival;
  const route = findRoute(sent.method, sent.url.pathname);
  const accountId = route.ok ? accountOf(world, route.value.parameters) : undefined;
  const { usage, refusal } = throttledAnyway(accountId);
  return answer(arrival, refusal, usageHeaders(usage));
}

function answer(
  { trace }: Arrival,
  refusal: Refusal,
  headers: Readonly<Record<string, string>>,
): Response {
  return respond(refused(refusal), { trace, version: API_VERSION, headers });
}
