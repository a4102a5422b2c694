/** What a mirror does where a request, a record or a source is not well. */
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import { runText } from "../../../src/report/run-text.js";
import type { Staging } from "../../../src/store/members.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import { StoreFailure } from "../../../src/store/store-fault.js";
import { answering, failing, LOST, ONCE, requests, settled } from "./requests.js";
import { csv, MirrorWorld, people, rowsOf, syncText } from "./world.js";

describe("a mirror that meets trouble", () => {
  it("goes on after a lost answer once it can no longer arrive, and sends that again next time", async () => {
    const sync = syncText([], ["max_body_bytes: 1500"]);
    const world = new MirrorWorld();
    world.between = answering([0], LOST);
    const first = await world.run(csv(people(20)), { sync, ...ONCE });
    const [lost, next] = world.sent;
    expect(lost && rowsOf(lost).length).toBe(first.records.unknown);
    expect(first).toMatchObject({ status: "partially_succeeded", requests: { unknown: 1 } });
    expect(first.records.unknown + first.records.acknowledged).toBe(20);
    expect((next?.at ?? 0) - (lost?.at ?? 0)).toBeGreaterThanOrEqual(120_000);
    world.takeSent();
    expect(await world.run(csv(people(20)), { sync })).toMatchObject({
      status: "succeeded",
      records: { acknowledged: first.records.unknown, unchanged: first.records.acknowledged },
      mirror: { audiences: [{ members: { repeated: first.records.unknown } }] },
    });
  });

  it("adds people even where a removal failed, which stays for the next run", async () => {
    const world = await settled();
    const day2 = csv([...people(4), { id: "new", email: "new@example.test" }]);
    world.between = answering([0], failing(2, { is_transient: true }));
    expect(await world.run(day2, ONCE)).toMatchObject({
      status: "partially_succeeded",
      records: { read: 5, acknowledged: 1, unchanged: 4, failed: 0 },
      requests: { unknown: 1, acknowledged: 1 },
      mirror: { openRemovals: 1 },
    });
    expect(world.held()).toHaveLength(6);
    world.takeSent();
    expect(await world.run(day2)).toMatchObject({ status: "succeeded", records: { unchanged: 5 } });
    expect(requests(world)).toEqual(["DELETE VIP: 1"]);
  });

  it("rejects a record of which Meta refuses a row, and leaves it out until it changes", async () => {
    const world = new MirrorWorld();
    const bad = "bad@example.test";
    const digest = sha256(bad);
    world.between = (meta) => async (request) => {
      const text = request.url.includes("/users") ? await request.clone().text() : "";
      return text.includes(digest)
        ? failing(100, { error_subcode: 2_804_003, error_data: {} })()
        : meta(request);
    };
    const day = csv([...people(3), { id: "bad", email: bad }]);
    const result = await world.run(day);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 3, rejected: 1 },
      standingRejections: 0,
    });
    world.takeSent();
    expect(await world.run(day)).toMatchObject({
      status: "succeeded",
      records: { read: 4, unchanged: 3, rejected: 1 },
      standingRejections: 1,
    });
    expect(world.sent).toEqual([]);
  });

  it("knows rejections again that stand: in a plan, and after a source that its guard stopped", async () => {
    const bad = { id: "bad", email: "" };
    const all = csv([...people(200), bad]);
    const world = new MirrorWorld();
    expect((await world.plan(all)).result).toMatchObject({ standingRejections: 0 });
    expect(await world.run(all)).toMatchObject({ records: { rejected: 1 }, standingRejections: 0 });
    const standing = { records: { rejected: 1 }, standingRejections: 1 };
    expect(await world.store.rejects.counts({})).toMatchObject([{ scope: "VIP", count: 1 }]);
    expect((await world.plan(all)).result).toMatchObject(standing);
    expect(await world.run(csv(people(50)))).toMatchObject({ status: "failed" });
    expect((await world.plan(all)).result).toMatchObject(standing);
    expect(await world.run(all)).toMatchObject(standing);
    await world.run(csv(people(200)));
    expect(await world.run(all)).toMatchObject({ standingRejections: 0 });
  });

  it("sends nothing when its source breaks off, and says so", async () => {
    const world = await settled();
    const broken = `${csv(people(3))}p9,VIP,"an open quote\n`;
    const result = await world.run(broken);
    expect(result).toMatchObject({
      status: "failed",
      sourceProblem: { code: expect.stringMatching(/^source\./) },
    });
    expect(runText(result)).toMatch(/^custom_audiences: nothing was sent: the source is compared/);
    expect(world.sent).toEqual([]);
    expect(world.held()).toHaveLength(5);
  });

  it("sends nothing when a record is there twice, and names it", async () => {
    const world = await settled();
    const result = await world.run(csv([...people(5), ...people(2)]));
    expect(result).toMatchObject({
      status: "failed",
      records: { read: 7, notSent: 7 },
      sourceProblem: {
        code: "source.repeated_records",
        message: expect.stringMatching(
          /^2 records are there more than once .*p0.*nothing was sent$/,
        ),
      },
    });
    expect(world.sent).toEqual([]);
  });

  it("counts a refused record that is there twice, far apart, as often as it was read", async () => {
    const world = new MirrorWorld();
    const digest = sha256("bad@example.test");
    world.between = (meta) => async (request) => {
      const text = request.url.includes("/users") ? await request.clone().text() : "";
      return text.includes(digest) ? failing(100, { error_subcode: 2_804_003 })() : meta(request);
    };
    const bad = { id: "bad", email: "bad@example.test" };
    await world.run(csv([bad, ...people(3)]));
    const { records } = await world.run(csv([bad, ...people(5_000), bad]));
    expect(records).toMatchObject({ read: 5_002, rejected: 2, notSent: 5_000 });
  });

  it("sends nothing when its changes cannot be written down, and says so", async () => {
    const store = memoryStore();
    const begin = () => Promise.reject(new StoreFailure("disk full"));
    const stage = async (): Promise<Staging> => {
      const staging = await store.members.stage();
      const compare: Staging["compare"] = async (comparison) => ({
        ...(await staging.compare(comparison)),
        begin,
      });
      return {
        add: (members) => staging.add(members),
        suppress: (keys) => staging.suppress(keys),
        targets: () => staging.targets(),
        repeated: () => staging.repeated(),
        compare,
        close: () => staging.close(),
      };
    };
    const world = new MirrorWorld({ store: { ...store, members: { ...store.members, stage } } });
    await expect(world.run(csv(people(3)))).rejects.toMatchObject({
      fault: { code: "store.failed", message: expect.stringMatching(/; nothing was sent$/) },
    });
    expect(world.sent).toEqual([]);
  });

  it.each(["stage", "audiences"] as const)(
    "sends nothing when its store fails at %s, and says so",
    async (step) => {
      const store = memoryStore();
      const failing = () => Promise.reject(new StoreFailure("disk full"));
      const members = { ...store.members, [step]: failing };
      const world = new MirrorWorld({ store: { ...store, members } });
      await expect(world.run(csv(people(3)))).rejects.toMatchObject({
        fault: { code: "store.failed", message: expect.stringMatching(/; nothing was sent$/) },
      });
      expect(world.sent).toEqual([]);
    },
  );

  it("is interrupted while it reads: nothing was sent", async () => {
    const world = new MirrorWorld();
    const interrupted = AbortSignal.abort();
    expect(await world.run(csv(people(5)), { interrupted })).toMatchObject({
      status: "interrupted",
      records: { acknowledged: 0 },
      requests: { planned: 0 },
    });
    expect(world.sent).toEqual([]);
  });

  it("reports an audience that cannot be found and keeps the others in step", async () => {
    const other = people(2, "o", "Other");
    const world = await settled(
      [...people(3), ...other],
      new MirrorWorld({ audiences: { Nine: "9" } }),
    );
    const sync = syncText([], ["targets: { Both: '9', Again: '9' }"]);
    const given = [...people(4), { id: "a", audience: "Both", email: "a@example.test" }];
    const result = await world.run(
      csv([
        ...given,
        ...people(2, "o", "Other"),
        { id: "b", audience: "Again", email: "b@x.test" },
      ]),
      { sync },
    );
    expect(result).toMatchObject({
      status: "partially_succeeded",
      records: { read: 8, unchanged: 5, notSent: 2 },
      failures: [
        { target: "Again", summary: expect.stringContaining("same audience") },
        { target: "Both", summary: expect.stringContaining("same audience") },
      ],
    });
  });
});
