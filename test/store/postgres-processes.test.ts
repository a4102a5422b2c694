/** Several processes with one store: who runs a sync, and what becomes of whoever is cut off. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Store } from "../../src/store/store.js";
import { PostgresWorlds } from "./postgres-world.js";
import { batch, candidate, end, go, HOUR, item, newRun, start, SYNC, T0 } from "./rows.js";
import { tcpProxy } from "./tcp-proxy.js";

const HOLDER = path.join(import.meta.dirname, "postgres-holder.ts");

let worlds: PostgresWorlds;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A process that runs a sync. */
class Holder {
  private readonly child;
  private readonly lines;

  constructor(schema: string, sync: string = SYNC, url: string = worlds.url) {
    this.child = spawn(process.execPath, ["--import", "tsx", HOLDER, url, schema, sync], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    opened.push({ close: () => this.kill() });
  }

  get name(): string {
    return `process ${String(this.child.pid)}`;
  }

  /** The next that it says. */
  async says(): Promise<string | undefined> {
    const { value, done } = await this.lines.next();
    return done === true ? undefined : value;
  }

  async does(word: "plan" | "end"): Promise<string | undefined> {
    this.child.stdin.write(`${word}\n`);
    return this.says();
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}

async function storeIn(schema: string): Promise<Store> {
  const store = await worlds.opened(schema);
  opened.push(store);
  return store;
}

/** The server takes a moment to notice that a process is gone. */
async function takeOver(store: Store): Promise<number> {
  for (;;) {
    const started = await store.runs.start(newRun(T0 + HOUR));
    if (started.ok) return started.value.runId;
  }
}

const LEFT_BEHIND = { batchId: "1-0", state: "unknown", openEvents: 1 };

describe("several processes with one store", () => {
  it("run a sync one at a time, and whoever comes second hears who is first", async () => {
    const schema = worlds.newSchema();
    const first = new Holder(schema);
    expect(await first.says()).toBe("sending 1");
    const second = new Holder(schema);
    expect(await second.says()).toBe(`taken ${first.name}`);
    const store = await storeIn(schema);
    expect(await store.runs.start(newRun(T0))).toEqual({
      ok: false,
      error: { holder: first.name },
    });
    expect(await first.does("end")).toBe("ended");
    expect(await start(store, T0 + HOUR)).toBe(2);
  });

  it("run different syncs side by side", async () => {
    const schema = worlds.newSchema();
    const holders = ["orders", "visits", "leads"].map((sync) => new Holder(schema, sync));
    const said = await Promise.all(holders.map((holder) => holder.says()));
    expect(said.toSorted()).toEqual(["sending 1", "sending 2", "sending 3"]);
    expect(await Promise.all(holders.map((holder) => holder.does("plan")))).toEqual(
      holders.map(() => "planned"),
    );
    expect(await Promise.all(holders.map((holder) => holder.does("end")))).toEqual(
      holders.map(() => "ended"),
    );
    const store = await storeIn(schema);
    expect((await store.runs.list(9)).map(({ status }) => status)).toEqual(
      holders.map(() => "succeeded"),
    );
  });

  it("take over from one that was killed, with what it left behind", async () => {
    const schema = worlds.newSchema();
    const store = await storeIn(schema);
    const holder = new Holder(schema);
    expect(await holder.says()).toBe("sending 1");
    await holder.kill();
    const runId = await takeOver(store);
    expect(await store.runs.list(9)).toMatchObject([{ runId }, { status: "unfinished" }]);
    expect(await store.ledger.list({ limit: 9 })).toMatchObject([LEFT_BEHIND]);
    expect(await store.events.standings(runId, SYNC, [candidate(1)])).toMatchObject([
      { kind: "unanswered" },
    ]);
  });

  it("take over from one whose lease was cut, which commits nothing more", async () => {
    const schema = worlds.newSchema();
    const store = await storeIn(schema);
    const holder = new Holder(schema);
    expect(await holder.says()).toBe("sending 1");
    expect(await holder.does("plan")).toBe("planned");
    await worlds.cut(schema, SYNC);
    const runId = await takeOver(store);
    expect(await holder.does("plan")).toBe("refused store.lease_lost");
    expect(await holder.does("end")).toBe("refused store.lease_lost");
    expect((await store.ledger.list({ limit: 9 })).map(({ batchId }) => batchId)).toEqual([
      "1-1",
      "1-0",
    ]);
    expect(await store.runs.list(9)).toMatchObject([{ runId }, { status: "unfinished" }]);
  });

  it("take over from one whose connections are all cut, and that hears so", async () => {
    const schema = worlds.newSchema();
    const holder = new Holder(schema);
    expect(await holder.says()).toBe("sending 1");
    await worlds.cutAll();
    const store = await storeIn(schema);
    await takeOver(store);
    expect(await holder.does("plan")).toBe("refused store.connection_lost");
    expect(await holder.does("end")).toBe("refused store.connection_lost");
    expect(await store.ledger.list({ limit: 9 })).toMatchObject([LEFT_BEHIND]);
  });
});

describe("taking over", () => {
  it("waits for what the run before is just committing, and nothing comes after it", async () => {
    const schema = worlds.newSchema();
    const store = await storeIn(schema);
    await start(store);
    await worlds.cut(schema, SYNC);
    const other = await storeIn(schema);
    const settled: string[] = [];
    const { taking } = await worlds.during(
      `SELECT token FROM "${schema}".leases WHERE sync = '${SYNC}' FOR SHARE`,
      async (waiting) => {
        const taking = start(other, T0 + HOUR).then(() => settled.push("taken over"));
        await vi.waitFor(async () => expect(await waiting()).toBe(1));
        settled.push("committed");
        return { taking };
      },
    );
    await taking;
    expect(settled).toEqual(["committed", "taken over"]);
    await expect(go(store, batch(1, 0), { state: "pending" })).rejects.toMatchObject({
      fault: { code: "store.lease_lost" },
    });
  });
});

describe("a run whose way to the store is cut without a word", () => {
  it("is taken over, and ends by itself when it has heard nothing for a while", async () => {
    const schema = worlds.newSchema();
    const proxy = await tcpProxy(worlds.url);
    opened.push(proxy);
    const cutOff = await worlds.opened(schema, { url: proxy.url, heartbeatMs: 200 });
    opened.push(cutOff);
    const lost = await start(cutOff);
    await go(cutOff, batch(lost, 0, { items: [item(1)] }), { state: "sending" });
    proxy.cut();
    const planning = cutOff.ledger.plan(batch(lost, 1));
    const refused = expect(planning).rejects.toMatchObject({
      fault: { code: "store.connection_lost" },
    });
    const store = await storeIn(schema);
    const runId = await takeOver(store);
    await refused;
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
    await end(store, runId);
    expect(await store.ledger.list({ limit: 9 })).toMatchObject([
      { state: "succeeded" },
      { ...LEFT_BEHIND, openEvents: 0 },
    ]);
  });

  it("keeps its sync as long as it is heard", async () => {
    const schema = worlds.newSchema();
    const holding = await worlds.opened(schema, { heartbeatMs: 20 });
    opened.push(holding);
    await start(holding);
    const deeds = new Set<string>();
    await vi.waitFor(async () => {
      for (const deed of await worlds.lastDeeds()) deeds.add(deed);
      expect(deeds.size).toBeGreaterThan(8);
    });
    const store = await storeIn(schema);
    expect(await store.runs.start(newRun(T0))).toMatchObject({ ok: false });
    await holding.ledger.plan(batch(1, 0));
  });
});
