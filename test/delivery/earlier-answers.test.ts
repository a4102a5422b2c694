import { expect, it } from "vitest";
import { unansweredUntil } from "../../src/delivery/earlier-answers.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";
import { batch, end, evidence, go, HOUR, PIXEL, start, T0, type Fate } from "../store/rows.js";

const TIMEOUT_MS = 60_000;
/** When the request of a run left. */
const SENT = T0 + 1_000;

async function afterRun(fate: Fate): Promise<Store> {
  const store = memoryStore();
  const runId = await start(store);
  await go(store, batch(runId, 0), { at: SENT, ...fate });
  await end(store, runId);
  return store;
}

async function waitsUntil(store: Store): Promise<number | undefined> {
  await start(store, T0 + HOUR);
  return unansweredUntil(`/v26.0/${PIXEL}/events`, { ledger: store.ledger });
}

const LOST = evidence({ outcome: "unknown" });

it.each([
  ["was not answered", { state: "unknown", evidence: LOST }, SENT + TIMEOUT_MS],
  ["was under way when the process ended", { state: "sending" }, SENT + TIMEOUT_MS],
  ["was answered", { state: "succeeded" }, undefined],
  ["was answered in the end", { state: "unknown", evidence: evidence() }, undefined],
  ["was never sent", { state: "pending" }, undefined],
] as const)("an audience rests for an earlier request that %s", async (_, fate, until) => {
  expect(await waitsUntil(await afterRun(fate))).toBe(until);
});

it("rests as well when an operator gave the request up", async () => {
  const store = await afterRun({ state: "unknown", evidence: LOST });
  await store.ledger.skip("1-0", T0);
  expect(await waitsUntil(store)).toBe(SENT + TIMEOUT_MS);
});

it("rests as well when an operator wants the request sent again", async () => {
  const store = await afterRun({ state: "unknown", evidence: LOST });
  await store.ledger.retry("1-0");
  expect(await waitsUntil(store)).toBe(SENT + TIMEOUT_MS);
});

it("rests as well after a run that took back what it had passed over", async () => {
  const store = await afterRun({ state: "unknown", evidence: LOST });
  const runId = await start(store);
  await store.ledger.carry([{ ...batch(runId, 0), state: "failed", settledAt: SENT + 1 }]);
  await end(store, runId);
  expect(await waitsUntil(store)).toBe(SENT + TIMEOUT_MS);
});

it("rests as well for what another sync has under way", async () => {
  const tables = emptyTables();
  const other = memoryStore(tables);
  await go(other, batch(await start(other, T0, "other"), 0), { state: "sending", at: SENT });
  expect(await waitsUntil(memoryStore(tables))).toBe(SENT + TIMEOUT_MS);
});
