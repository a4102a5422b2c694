import { type DestinationOptions, type RequestPlan } from "../../src/index.js";

/** The tests' own instant. */
export const CLOCK = () => Date.parse("2026-04-30T12:00:00Z");
/** Must be seen nowhere. */
export const TOKEN = "planted-token-that-nobody-may-see";

/** Options of a destination for events that needs nothing of the machine. */
export function options(more: Partial<DestinationOptions> = {}): DestinationOptions {
  return {
    mapping: "events",
    bindingName: "meta_primary",
    env: {},
    clock: CLOCK,
    config: { adAccountId: "act_1", pixelId: "456", actionSource: "website" },
    credentials: { accessToken: () => TOKEN },
    ...more,
  };
}

export const PURCHASE = {
  event_name: "Purchase",
  occurred_at: "2026-04-30T11:00:00Z",
  key: { event_id: "o-1" },
  identifiers: [{ type: "email", value: "buyer@example.test" }],
  payload: { value: 12.5, currency: "EUR" },
};

export const VIP = {
  operation: "upsert",
  target: "VIP",
  key: { id: 1 },
  identifiers: [{ type: "email", value: "vip@example.test" }],
};

/** Every request of a plan. */
export async function planned(
  requests: AsyncIterable<RequestPlan>,
): Promise<readonly RequestPlan[]> {
  const list: RequestPlan[] = [];
  for await (const request of requests) list.push(request);
  return list;
}
