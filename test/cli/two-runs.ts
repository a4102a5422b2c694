/** Two runs of different syncs, as a store has them. */
import type { Store } from "../../src/store/store.js";
import { batch, end, evidence, go, item, reject, start, T0 } from "../store/rows.js";

export const LOST = evidence({
  outcome: "unknown",
  summary: "Meta did not answer in time. Run again.",
});

const PEOPLE = {
  surface: "custom_audiences",
  operation: "upsert",
  target: "VIP",
  path: "/v25.0/77/users",
  records: 3,
  itemCount: 5,
} as const;

/** Two runs: the first delivers, loses an answer, and has one refused; the second fails with people. */
export async function twoRuns(store: Store): Promise<void> {
  const first = await start(store);
  await go(store, batch(first, 1, { items: [item(1)] }), { state: "succeeded" });
  await go(store, batch(first, 2, { items: [item(2), item(3)] }), {
    state: "unknown",
    evidence: LOST,
  });
  await go(store, batch(first, 3, { items: [item(4)] }), {
    state: "rejected",
    rejects: [reject(4)],
    evidence: evidence({ outcome: "rejected", summary: "Meta refused it." }),
  });
  await end(store, first);
  const second = await start(store, T0 + 60_000, "vip");
  await go(store, batch(second, 1, PEOPLE), {
    state: "failed",
    at: T0 + 61_000,
    evidence: evidence({ outcome: "blocked", summary: "The token has expired." }),
  });
  await end(store, second);
}
