import { expect, it } from "vitest";
import { ok } from "../../../src/core/result.js";
import { batch, candidate, end, go, HOUR, item, newRun, start, SYNC, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

export function runs(open: OpenWorld): void {
  it("counts runs from 1 and tells each when the one of its sync before it started", async () => {
    const store = await open();
    const started = (hours: number, sync?: string) =>
      store.runs.start(newRun(T0 + hours * HOUR, sync));
    expect(await started(0)).toEqual(ok({ runId: 1, previousStart: undefined }));
    expect(await started(1, "other")).toEqual(ok({ runId: 2, previousStart: undefined }));
    expect(await started(2)).toEqual(ok({ runId: 3, previousStart: T0 }));
    expect(await started(3)).toEqual(ok({ runId: 4, previousStart: T0 + 2 * HOUR }));
  });

  it("logs how a run ended, with its report as it was written", async () => {
    const store = await open();
    const runId = await start(store);
    const report = '{"status":"blocked","word":"naïve \u{1F600} \\u0000"}';
    await store.runs.end(runId, "blocked", T0 + HOUR, report);
    expect(await store.runs.list(5)).toEqual([
      { ...newRun(), runId, endedAt: T0 + HOUR, status: "blocked", report },
    ]);
  });

  it("lists the latest runs first, and no more than asked for", async () => {
    const store = await open();
    for (const sync of ["a", "b", "c"]) await end(store, await start(store, T0, sync));
    expect((await store.runs.list(2)).map(({ sync }) => sync)).toEqual(["c", "b"]);
    expect(await store.runs.list(0)).toEqual([]);
  });

  it("tells of a run that is under way that it has no end", async () => {
    const store = await open();
    await start(store);
    expect(await store.runs.list(1)).toEqual([
      { ...newRun(), runId: 1, endedAt: undefined, status: undefined, report: undefined },
    ]);
  });

  it("finds at its start that the run before it came to no end", async () => {
    const store = await open();
    await start(store);
    await start(store, T0 + HOUR, "other");
    expect(await store.runs.list(2)).toMatchObject([
      { runId: 2, status: undefined },
      { runId: 1, status: "unfinished", endedAt: undefined, report: undefined },
    ]);
  });

  it("puts in order what a process left behind: what may have left is unknown, the rest superseded", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "sending" });
    await go(store, batch(runId, 1), { state: "pending" });
    await go(store, batch(runId, 2), { state: "succeeded" });
    await start(store, T0 + HOUR);
    expect((await store.ledger.list({ limit: 9 })).map(({ state }) => state)).toEqual([
      "succeeded",
      "superseded",
      "unknown",
    ]);
  });

  it("supersedes at its end what never left, and leaves what is out as it is", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "sending" });
    await go(store, batch(runId, 1), { state: "pending" });
    await end(store, runId);
    expect((await store.ledger.list({ limit: 9 })).map(({ state }) => state)).toEqual([
      "superseded",
      "sending",
    ]);
  });

  it("changes nothing when it is ended a second time", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
    const outcome = async () => ({
      counts: await store.events.counts(T0),
      runs: await store.runs.list(9),
      batches: await store.ledger.list({ limit: 9 }),
    });
    await end(store, runId);
    const once = await outcome();
    await end(store, runId);
    expect(await outcome()).toEqual(once);
    expect(await store.events.standings(9, SYNC, [candidate(1)])).toEqual([
      { kind: "delivered", same: true },
    ]);
  });
}
