/** Records that are sent one after the other, while a mirror comes to the same audience. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { RunResult } from "../../../src/delivery/run-result.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import type { Store } from "../../../src/store/store.js";
import { requests } from "./requests.js";
import { csv, MirrorWorld, people, syncText } from "./world.js";

const MIRROR = syncText([], ["targets: { VIP: '77' }"]);

/** One row a request. */
const LISTED = syncText(
  ["operation_column: op"],
  ["targets: { VIP: '77' }", "max_body_bytes: 400"],
).replace("sync: people", "sync: listed");

const ROWS = [
  "id,audience,email,work_email,phone,op",
  "p0,VIP,p0@example.test,,,remove",
  "x1,VIP,x1@example.test,,,upsert",
  "",
].join("\n");

/** Where a run stands in its calls of the store. */
type Instant = "before plan" | "after plan" | "after settle" | "before begin" | "after begin";

/** A store that lets something happen once, at an instant of the run that it is for. */
function at(instant: Instant, store: Store, work: () => Promise<unknown>): Store {
  let isDue = true;
  const now = async (here: Instant) => {
    if (here !== instant || !isDue) return;
    isDue = false;
    await work();
  };
  return {
    ...store,
    ledger: {
      ...store.ledger,
      plan: async (batch) => {
        await now("before plan");
        await store.ledger.plan(batch);
        await now("after plan");
      },
      settle: async (settlement) => {
        await store.ledger.settle(settlement);
        await now("after settle");
      },
    },
    members: {
      ...store.members,
      stage: async () => {
        const staging = await store.members.stage();
        return {
          ...staging,
          compare: async (comparison) => {
            const difference = await staging.compare(comparison);
            return {
              ...difference,
              begin: async (...of) => {
                await now("before begin");
                const taken = await difference.begin(...of);
                await now("after begin");
                return taken;
              },
            };
          },
        };
      },
    },
  };
}

function newWorld(): MirrorWorld {
  return new MirrorWorld({ audiences: { VIP: "77" } });
}

/** The records are sent, and a mirror runs from its beginning to its end at an instant of that. */
async function mirrorDuring(world: MirrorWorld, instant: Instant) {
  const mirrors: RunResult[] = [];
  const store = at(instant, memoryStore(world.tables), async () => {
    mirrors.push(await world.run(csv(people(2)), { sync: MIRROR }));
  });
  const listed = await world.run(ROWS, { sync: LISTED, store });
  return { listed, mirror: mirrors[0] };
}

/** A mirror runs, and at an instant of that the records are sent from the first to the last. */
async function listedDuring(world: MirrorWorld, instant: Instant) {
  const listed: RunResult[] = [];
  const store = at(instant, memoryStore(world.tables), async () => {
    listed.push(await world.run(ROWS, { sync: LISTED }));
  });
  const mirror = await world.run(csv(people(2)), { sync: MIRROR, store });
  return { mirror, listed: listed[0] };
}

const OWNED = {
  status: "failed",
  records: { read: 2, notSent: 2 },
  requests: { attempts: 0 },
  failures: [
    {
      target: "VIP",
      count: 1,
      summary:
        'the audience "VIP" (77) is kept by the sync `people`, and two syncs would remove each other\'s people. Let one sync name everybody who belongs in it, or use another audience; if `people` was only renamed, `targets release 77` lets the next sync take it over.',
    },
  ],
};

const IN_USE = {
  status: "failed",
  records: { read: 2, notSent: 2 },
  requests: { attempts: 0 },
  mirror: { audiences: [], unreached: ["VIP"] },
  failures: [
    {
      target: "VIP",
      count: 1,
      summary:
        'a run of `listed` that goes on is changing the audience "VIP" (77), and this sync would not learn of that. Run it again once that run has ended; if `listed` is to change this audience later on, let one sync name everybody who belongs in it, or use another audience.',
    },
  ],
};

it("are not sent where a mirror has begun with the audience since it was resolved", async () => {
  const world = newWorld();
  const { listed, mirror } = await mirrorDuring(world, "before plan");
  expect(mirror).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
  expect(listed).toMatchObject(OWNED);
  expect(requests(world)).toEqual(["POST VIP: 2"]);
});

it("are not sent where a mirror is about to add the first people", async () => {
  const world = newWorld();
  const { listed, mirror } = await listedDuring(world, "after begin");
  expect(listed).toMatchObject(OWNED);
  expect(mirror).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
});

it.each(["after plan", "after settle"] as const)(
  "keep a mirror from beginning with their audience, %s",
  async (instant) => {
    const world = newWorld();
    const { listed, mirror } = await mirrorDuring(world, instant);
    expect(mirror).toMatchObject(IN_USE);
    expect(listed).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
    expect(requests(world)).toEqual(["DELETE VIP: 1", "POST VIP: 1"]);
    const next = await world.run(csv(people(2)), { sync: MIRROR });
    expect(next).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
    expect(world.held()).toHaveLength(3);
  },
);

it("are sent before a mirror that has not begun, and nobody is in doubt", async () => {
  const world = newWorld();
  const { listed, mirror } = await listedDuring(world, "before begin");
  expect(listed).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
  expect(mirror).toMatchObject({ status: "succeeded", records: { acknowledged: 2 } });
  expect(requests(world)).toEqual(["DELETE VIP: 1", "POST VIP: 1", "POST VIP: 2"]);
});

it("do not keep the mirror that keeps the audience from it, once they were refused", async () => {
  const world = newWorld();
  const further = await new Promise<RunResult>((resolve, reject) => {
    const store = at("before plan", memoryStore(world.tables), () =>
      world.run(csv(people(2)), { sync: MIRROR }),
    );
    const listed = at("after plan", store, async () => {
      await world.run(csv(people(3)), { sync: MIRROR }).then(resolve);
    });
    world.run(ROWS, { sync: LISTED, store: listed }).catch(reject);
  });
  expect(further).toMatchObject({ status: "succeeded", records: { acknowledged: 1 } });
});

it("and a mirror never send to an audience both after the other, whatever comes between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = newWorld();
      const scheduled = (): Store => inAnyOrder(memoryStore(world.tables), scheduler);
      const both = Promise.all([
        world.run(ROWS, { sync: LISTED, store: scheduled() }),
        world.run(csv(people(2)), { sync: MIRROR, store: scheduled() }),
      ]);
      await scheduler.waitFor(both);
      const [listed, mirror] = await both;
      const sent = requests(world).map((one) => (one === "POST VIP: 2" ? "mirror" : "listed"));
      expect(["mirror", "listed,listed", "listed,listed,mirror"]).toContain(sent.join());
      expect(listed.records.acknowledged + listed.records.notSent).toBe(2);
      expect(mirror.records.acknowledged).toBe(sent.includes("mirror") ? 2 : 0);
    }),
    { numRuns: 15 },
  );
});

/** Each call that a lane or a mirror makes, when the scheduler says so. */
function inAnyOrder(store: Store, scheduler: fc.Scheduler): Store {
  const { ledger, members, runs } = store;
  const turn = <A extends unknown[], T>(call: (...of: A) => Promise<T>) =>
    scheduler.scheduleFunction(call);
  return {
    ...store,
    runs: { ...runs, end: turn((...of: Parameters<typeof runs.end>) => runs.end(...of)) },
    ledger: {
      ...ledger,
      plan: turn((batch) => ledger.plan(batch)),
      sending: turn((sending) => ledger.sending(sending)),
      settle: turn((settlement) => ledger.settle(settlement)),
    },
    members: {
      ...members,
      audiences: turn(() => members.audiences()),
      keeperOf: turn((id) => members.keeperOf(id)),
      stage: async () => {
        const staging = await members.stage();
        return {
          ...staging,
          compare: async (comparison) => {
            const difference = await staging.compare(comparison);
            const begin = turn((...of: Parameters<typeof difference.begin>) =>
              difference.begin(...of),
            );
            return { ...difference, begin };
          },
        };
      },
    },
  };
}
