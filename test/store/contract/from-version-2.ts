import { expect } from "vitest";
import type { Store } from "../../../src/store/store.js";
import { candidate, HOUR, start, SYNC, T0 } from "../rows.js";
import { FORGOTTEN_AT } from "../version-2.js";

/** What a store knows that was brought up to date from version 2. */
export async function expectVersion2Rows(store: Store): Promise<void> {
  expect(await store.runs.past("orders")).toEqual({ firstStart: T0, horizon: undefined });
  expect(await store.runs.past("vip")).toEqual({ firstStart: T0 + 2 * HOUR, horizon: undefined });
  const ends = async (at: number) => {
    const runId = await start(store, at);
    await store.runs.end(runId, "succeeded", at, "{}");
  };
  await ends(FORGOTTEN_AT - 1);
  expect(await store.events.standings(-1, SYNC, [candidate(1)])).toEqual([
    { kind: "delivered", same: true },
  ]);
  await ends(FORGOTTEN_AT);
  expect(await store.events.standings(-2, SYNC, [candidate(1)])).toEqual([{ kind: "new" }]);
  expect(await store.runs.past("orders")).toEqual({ firstStart: T0, horizon: T0 / 1_000 });
}
