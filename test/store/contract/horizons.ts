import { expect, it } from "vitest";
import type { EventCandidate } from "../../../src/store/event-states.js";
import type { Store } from "../../../src/store/store.js";
import { batch, candidate, go, HOUR, item, PIXEL, reject, start, SYNC, T0 } from "../rows.js";
import type { Fate } from "../rows.js";
import type { OpenWorld } from "../world.js";

const DAY = 24 * HOUR;
const HAPPENED = 1_776_000_000;
/** When the first run of a test ends; its request was acknowledged just before. */
const SENT = HAPPENED * 1_000 + HOUR;
/** The first instant at which what it delivered is old enough to be forgotten: 7 and 2 days later. */
const FORGOTTEN = SENT - 59_000 + 9 * DAY + 1;

/** A run that starts and sends some events a minute before it ends. */
async function runUntil(
  store: Store,
  at: number,
  items: readonly ReturnType<typeof item>[] = [],
  fate: Fate = { state: "succeeded" },
  sync: string = SYNC,
): Promise<void> {
  const sentAt = at - 60_000;
  const runId = await start(store, sentAt, sync);
  if (items.length > 0) await go(store, batch(runId, 0, { items }), { ...fate, at: sentAt });
  await store.runs.end(runId, "succeeded", at, "{}");
}

const happened = (number: number, differs: Partial<ReturnType<typeof item>> = {}) =>
  item(number, { eventTime: HAPPENED, ...differs });

let looks = 0;

/** What the next run would find. */
function found(store: Store, ...candidates: readonly EventCandidate[]) {
  looks += 1;
  return store.events.standings(-looks, SYNC, candidates);
}

export function horizons(open: OpenWorld): void {
  it("knows nothing of a sync that never ran, and of any other when it first did", async () => {
    const store = await open();
    expect(await store.runs.past(SYNC)).toBeUndefined();
    await runUntil(store, T0);
    await runUntil(store, T0 + DAY);
    await runUntil(store, T0 + HOUR, [], { state: "succeeded" }, "other");
    expect(await store.runs.past(SYNC)).toEqual({ firstStart: T0 - 60_000, horizon: undefined });
    expect(await store.runs.past("other")).toMatchObject({ firstStart: T0 + HOUR - 60_000 });
    expect(await store.runs.past("never")).toBeUndefined();
  });

  it("forgets a delivered event two days after Meta would have taken it last, and not a moment sooner", async () => {
    const store = await open();
    await runUntil(store, SENT, [happened(1)]);
    await runUntil(store, FORGOTTEN - 1);
    expect(await found(store, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: undefined });
    await runUntil(store, FORGOTTEN);
    expect(await found(store, candidate(1))).toEqual([{ kind: "new" }]);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: HAPPENED });
    expect(await store.events.counts(FORGOTTEN)).toEqual([]);
  });

  it("keeps what was acknowledged less than that ago, however old it is", async () => {
    const store = await open();
    await runUntil(store, FORGOTTEN, [happened(1)]);
    await runUntil(store, FORGOTTEN + 9 * DAY - 59_000);
    expect(await found(store, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await runUntil(store, FORGOTTEN + 9 * DAY - 58_999);
    expect(await found(store, candidate(1))).toEqual([{ kind: "new" }]);
  });

  it("moves the horizon to the newest event that is forgotten, and never back", async () => {
    const store = await open();
    const older = happened(2, { eventTime: HAPPENED - 100 });
    await runUntil(store, SENT, [happened(1), older, happened(3, { eventTime: HAPPENED + 9_999 })]);
    await runUntil(store, FORGOTTEN);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: HAPPENED });
    await runUntil(store, FORGOTTEN + HOUR, [happened(4, { eventTime: HAPPENED - 500 })]);
    await runUntil(store, FORGOTTEN + 10 * DAY);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: HAPPENED + 9_999 });
    await runUntil(store, FORGOTTEN + 10 * DAY);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: HAPPENED + 9_999 });
  });

  it("keeps whatever is not delivered: unanswered, in doubt, or refused", async () => {
    const store = await open();
    await runUntil(store, SENT, [happened(1)], { state: "unknown" });
    await runUntil(store, SENT + HOUR, [happened(2)], { state: "rejected", rejects: [reject(2)] });
    await runUntil(store, FORGOTTEN + 90 * DAY);
    expect(await found(store, candidate(1), candidate(2))).toMatchObject([
      { kind: "unanswered" },
      { kind: "rejected" },
    ]);
    expect(await store.events.counts(FORGOTTEN)).toMatchObject([{ inDoubt: 1 }]);
    expect(await store.runs.past(SYNC)).toMatchObject({ horizon: undefined });
  });

  it("goes by the longest age that an event of the sync ever had", async () => {
    const store = await open();
    const ofStore = happened(2, { maxAgeMs: 62 * DAY });
    await runUntil(store, SENT, [ofStore], { state: "unknown" });
    await runUntil(store, SENT + HOUR, [happened(1)]);
    await runUntil(store, FORGOTTEN + 55 * DAY);
    expect(await found(store, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await runUntil(store, FORGOTTEN + 55 * DAY + HOUR);
    expect(await found(store, candidate(1))).toEqual([{ kind: "new" }]);
  });

  it("forgets at the end of a run what its own sync delivered, and nothing of others", async () => {
    const store = await open();
    await runUntil(store, SENT, [happened(1)], { state: "succeeded" }, "other");
    await runUntil(store, SENT + HOUR, [happened(2)]);
    await runUntil(store, FORGOTTEN + HOUR);
    expect(await found(store, candidate(1), candidate(2))).toEqual([
      { kind: "delivered", same: true },
      { kind: "new" },
    ]);
    expect(await store.runs.past("other")).toMatchObject({ horizon: undefined });
  });

  it("knows the pixel to which the same sync delivered an event, or may have, as long as it is new to its own", async () => {
    const store = await open();
    await runUntil(store, SENT, [happened(1), happened(2)]);
    await runUntil(store, SENT + HOUR, [happened(3)], { state: "unknown" });
    await runUntil(store, SENT + 2 * HOUR, [happened(4)], { state: "succeeded" }, "other");
    const asked = [1, 2, 3, 4].map((number) => candidate(number + 1_000_000));
    const standings = [
      { kind: "delivered_elsewhere", pixelId: PIXEL },
      { kind: "delivered_elsewhere", pixelId: PIXEL },
      {
        kind: "unanswered_elsewhere",
        pixelId: PIXEL,
        repeatSafeUntil: SENT + 47 * HOUR - 60_000,
      },
      { kind: "new" },
    ];
    expect(await found(store, ...asked)).toEqual(standings);
    const runId = await start(store, SENT + 150 * 60_000);
    expect(await store.events.standings(runId, SYNC, asked)).toEqual(standings);
    await runUntil(store, SENT + 3 * HOUR, [item(1_000_001)]);
    expect(await found(store, ...asked, candidate(1))).toEqual([
      { kind: "delivered", same: true },
      ...standings.slice(1),
      { kind: "delivered", same: true },
    ]);
  });

  it("takes no late candidate for a repeat, nor one that can be sent for a repeat of a late one", async () => {
    const store = await open();
    await runUntil(store, SENT, [happened(9)]);
    const runId = await start(store);
    const late = [candidate(1, 7), candidate(9, 8), candidate(1, 7), candidate(9)];
    const ask = () => store.events.lateStandings(runId, SYNC, late);
    const standings = [
      { kind: "new" },
      { kind: "delivered", same: false },
      { kind: "new" },
      { kind: "delivered", same: true },
    ];
    expect(await ask()).toEqual(standings);
    expect(await store.events.standings(runId, SYNC, [candidate(1)])).toEqual([{ kind: "new" }]);
    expect(await ask()).toEqual(standings);
    expect(await store.events.lateStandings(-1, SYNC, [candidate(9)])).toEqual([
      { kind: "delivered", same: true },
    ]);
    expect(await store.events.lateStandings(runId, SYNC, [])).toEqual([]);
  });

  it("shows a dry run the pixel that has an event which an ended process delivered", async () => {
    const store = await open();
    const runId = await start(store, SENT);
    await go(store, batch(runId, 0, { items: [happened(1)] }), { state: "succeeded", at: SENT });
    expect(await found(store, candidate(1_000_001))).toEqual([
      { kind: "delivered_elsewhere", pixelId: PIXEL },
    ]);
  });
}
