/** Which audiences a mirror changes, and what of them it trusts. */
import { describe, expect, it } from "vitest";
import { runText } from "../../../src/report/run-text.js";
import { beginBy } from "../../../src/store/begin-by.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import { failing, ONCE, settled } from "./requests.js";
import { csv, MirrorWorld, people, syncText } from "./world.js";

/** Two people in VIP, one in another audience. */
async function withOther() {
  const world = await settled([...people(2), { id: "o", audience: "Other", email: "o@x.test" }]);
  const other = world.emulator.state().audiences.find(({ name }) => name === "Other")?.id ?? "";
  return { world, other };
}

describe("the audiences of a mirror", () => {
  it("are its own: another sync is refused by the name of the one that has them", async () => {
    const world = await settled();
    const sync = syncText().replace("sync: people", "sync: others");
    const result = await world.run(csv(people(1, "q")), { sync });
    expect(runText(result)).toMatch(
      /^custom_audiences: nothing was sent: 1 audience could not be changed\n/,
    );
    expect(result).toMatchObject({
      status: "failed",
      records: { read: 1, notSent: 1 },
      failures: [{ target: "VIP", summary: expect.stringContaining("the sync `people`") }],
    });
    expect(world.sent).toEqual([]);
  });

  it("are taken over by another sync once they are released, with everybody in them", async () => {
    const world = await settled();
    const id = (await world.store.members.audiences())[0]?.audienceId ?? "";
    await world.store.members.release(id);
    const sync = syncText().replace("sync: people", "sync: others");
    expect(await world.run(csv(people(6)), { sync })).toMatchObject({
      status: "succeeded",
      records: { unchanged: 5, acknowledged: 1 },
    });
    expect(await world.run(csv(people(7)))).toMatchObject({
      failures: [{ summary: expect.stringContaining(`\`targets release ${id}\` lets`) }],
    });
  });

  it("are left alone where another sync has begun one since they were compared", async () => {
    const store = memoryStore();
    const owned = { kind: "kept", target: "VIP", audienceId: "77", sync: "others" } as const;
    const members = beginBy(store.members, () => () => Promise.resolve([owned]));
    const world = new MirrorWorld({ store: { ...store, members }, audiences: { VIP: "77" } });
    expect(await world.run(csv(people(2)))).toMatchObject({
      status: "failed",
      records: { read: 2, notSent: 2 },
      mirror: { audiences: [], openRemovals: 0 },
      failures: [{ target: "VIP", summary: expect.stringContaining("the sync `others`") }],
    });
    expect(world.sent).toEqual([]);
  });

  it("begin anew where a name is another audience: everybody is sent to it, and the old one is guarded", async () => {
    const world = await settled(people(5), new MirrorWorld({ audiences: { New: "555" } }));
    await world.store.targets.forget("1", "VIP");
    const sync = syncText([], ["targets: { VIP: '555' }"]);
    const result = await world.run(csv(people(5)), { sync });
    expect(result).toMatchObject({
      status: "partially_succeeded",
      records: { acknowledged: 5 },
      mirror: {
        audiences: [
          { target: "VIP", audienceId: "555", members: { moved: 5 } },
          { members: { left: 5 }, guarded: expect.stringContaining("wants nobody") },
        ],
      },
    });
  });

  it("are looked up when they were forgotten, and then nothing of them is trusted", async () => {
    const world = await settled();
    await world.store.targets.forget("1", "VIP");
    expect(await world.run(csv(people(5)))).toMatchObject({
      status: "succeeded",
      records: { acknowledged: 5 },
      mirror: { audiences: [{ members: { repeated: 5 } }] },
      targets: [{ status: "found" }],
    });
    expect((await world.run(csv(people(5)))).requests.planned).toBe(0);
  });

  it("are left alone where nobody is wanted in them and Meta does not know them any more", async () => {
    const { world, other } = await withOther();
    world.between = (meta) => async (request) => {
      if (request.url.includes(`/${other}`)) return failing(100, { error_subcode: 33 })();
      const answer = await meta(request);
      if (!request.url.includes("/customaudiences")) return answer;
      return new Response((await answer.text()).replaceAll(other, "999"), answer);
    };
    const result = await world.run(csv(people(2)));
    expect(result).toMatchObject({
      status: "succeeded",
      records: { unchanged: 2 },
      mirror: { audiences: [{ target: "VIP" }], missing: [`Other (${other})`] },
    });
    expect(runText(result)).toContain(
      `The audience Other (${other}) does not exist any more, or is of another ad account; the source wants nobody in it.`,
    );
  });

  it.each([
    ["may not see, though it is there", failing(100, { error_subcode: 33 })],
    ["finds flagged", failing(100, { error_subcode: 1_713_228 })],
  ])(
    "are not taken for gone where nobody is wanted in one that the token %s",
    async (_, answer) => {
      const { world, other } = await withOther();
      world.between = (meta) => (request) =>
        request.url.includes(`/${other}`) ? answer() : meta(request);
      expect(await world.run(csv(people(2)))).toMatchObject({
        status: "failed",
        mirror: { missing: [], unreached: ["Other"], audiences: [{ target: "VIP" }] },
      });
    },
  );

  it("are not taken for gone where the token may see none of their ad account", async () => {
    const { world, other } = await withOther();
    world.between = (meta) => (request) =>
      request.url.includes(`/${other}`)
        ? failing(100, { error_subcode: 33 })()
        : request.url.includes("/customaudiences")
          ? failing(200)()
          : meta(request);
    const result = await world.run(csv(people(2)), ONCE);
    expect(result).toMatchObject({ status: "failed", mirror: { missing: [] } });
  });

  it("are trusted by their id, whatever they are called", async () => {
    const world = await settled(
      people(5),
      new MirrorWorld({ audiences: { VIP: "77", Old: "88" } }),
    );
    await world.store.targets.distrust("1", "VIP", world.clock() + 1);
    const sync = syncText([], ["targets: { Best: '77' }"]);
    const best = people(5).map((one) => ({ ...one, audience: "Best" }));
    const renamed = await world.run(csv(best), { sync });
    expect(renamed).toMatchObject({ mirror: { audiences: [{ members: { repeated: 5 } }] } });
    const given = syncText([], ["targets: { VIP: '88' }"]);
    await world.run(csv(people(5)), { sync: given, allowedRemovals: { kind: "everywhere" } });
    await world.store.targets.distrust("1", "VIP", world.clock() + 1);
    expect((await world.run(csv(people(5)), { sync: given })).requests.planned).toBe(0);
  });

  it("keep the name that the registry has for another one when a full refresh is of a mapped one", async () => {
    const world = await settled(
      people(5),
      new MirrorWorld({ audiences: { VIP: "88", Old: "77" } }),
    );
    const sync = syncText([], ["targets: { VIP: '77' }"]);
    const words = { sync, allowedRemovals: { kind: "everywhere" } } as const;
    await world.run(csv(people(5)), words);
    const refreshed = await world.run(csv(people(5)), { ...words, fullRefresh: true });
    expect(refreshed).toMatchObject({ mirror: { audiences: [{ members: { repeated: 5 } }] } });
    expect(await world.store.targets.list()).toMatchObject([
      { target: "VIP", audienceId: "88", createdByUs: false },
      { target: "VIP (77)", audienceId: "77" },
    ]);
    expect((await world.run(csv(people(5)), words)).requests.planned).toBe(0);
  });

  it("are sent whole again by a full refresh, which goes on where it was interrupted", async () => {
    const sync = syncText([], ["max_body_bytes: 1500", "targets: { VIP: '77' }", "concurrency: 1"]);
    const world = new MirrorWorld({ audiences: { VIP: "77" } });
    const all = csv(people(40));
    await world.run(all, { sync });
    const whole = world.takeSent().length;
    const interrupt = new AbortController();
    world.between = (meta) => (request) => {
      if (world.sent.length === 3) interrupt.abort();
      return meta(request);
    };
    const cut = await world.run(all, {
      sync,
      fullRefresh: true,
      interrupted: interrupt.signal,
    });
    expect(cut.status).toBe("interrupted");
    expect(cut.records.acknowledged + cut.records.notSent).toBe(40);
    const done = world.takeSent().length;
    expect(done).toBeLessThan(whole);
    const rest = await world.run(all, { sync });
    expect(rest).toMatchObject({
      status: "succeeded",
      records: { acknowledged: cut.records.notSent, unchanged: cut.records.acknowledged },
    });
    expect((await world.run(all, { sync })).requests.planned).toBe(0);
  });
});
