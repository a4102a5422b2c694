/** A sync of people who should be in audiences: what differs is sent, and nothing else. */
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import type { Transport } from "../../../src/core/ports.js";
import { runText } from "../../../src/report/run-text.js";
import { csv, MirrorWorld, people, rowsOf, syncText, type Person } from "./world.js";

/** Five people in VIP, sent. */
async function settled(given: readonly Person[] = people(5), world = new MirrorWorld()) {
  expect((await world.run(csv(given))).status).toBe("succeeded");
  world.takeSent();
  return world;
}

/** What was sent, a request a line: how many rows were added to or removed from which audience. */
function requests(world: MirrorWorld): readonly string[] {
  const names = new Map(world.emulator.state().audiences.map(({ id, name }) => [id, name]));
  return world.sent.map(
    (one) => `${one.method} ${names.get(one.id) ?? one.id}: ${String(rowsOf(one).length)}`,
  );
}

/** Answers the requests about people with these numbers, from 0, by something else. */
function answering(
  numbers: readonly number[],
  answer: (meta: Transport, request: Request) => Promise<Response>,
): (meta: Transport) => Transport {
  let count = 0;
  return (meta) => async (request) => {
    if (!request.url.includes("/users")) return meta(request);
    count += 1;
    return numbers.includes(count - 1) ? answer(meta, request) : meta(request);
  };
}

const LOST = async (meta: Transport, request: Request): Promise<Response> => {
  await meta(request);
  throw new TypeError("fetch failed");
};

function failing(code: number, more: object = {}) {
  const error = { code, message: "no", type: "OAuthException", fbtrace_id: "T", ...more };
  return () => Promise.resolve(Response.json({ error }, { status: 400 }));
}

const ONCE = { retry: { maxAttempts: 1 } } as const;

describe("a mirror", () => {
  it("adds everybody at first, then sends what differs, then nothing", async () => {
    const world = new MirrorWorld();
    expect(await world.run(csv(people(5)))).toMatchObject({
      status: "succeeded",
      records: { read: 5, acknowledged: 5, unchanged: 0 },
      mirror: { openRemovals: 0, audiences: [{ target: "VIP", members: { joined: 5 } }] },
    });
    expect(world.held()).toHaveLength(5);
    world.takeSent();
    const [, changed, ...others] = people(5);
    const day2 = csv([{ ...changed, id: "p1", email: "new@example.test" }, ...others]);
    expect(await world.run(day2)).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 1, unchanged: 3 },
      mirror: { audiences: [{ members: { left: 1, changed: 1, unchanged: 3 } }] },
    });
    expect(requests(world)).toEqual(["DELETE VIP: 2", "POST VIP: 1"]);
    expect(world.held()).toHaveLength(4);
    world.takeSent();
    const third = await world.run(day2);
    expect(third).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 0, unchanged: 4 },
      requests: { planned: 0, attempts: 0 },
    });
    expect(world.sent).toEqual([]);
    expect(runText(third)).toBe(
      [
        "custom_audiences: nothing to send: every audience is as its source wants it",
        "",
        "AUDIENCE  JOINED  LEFT  CHANGED  MOVED  REPEATED  UNCHANGED",
        "VIP            0     0        0      0         0          4",
        "",
        "4 records read, 4 unchanged.",
        "",
      ].join("\n"),
    );
  });

  it("counts a record once, however many rows it has", async () => {
    const both = { id: "a", email: "a@example.test", work_email: "b@example.test" };
    const world = new MirrorWorld();
    expect(await world.run(csv([both, { id: "b", phone: "+4930" }]))).toMatchObject({
      records: { read: 2, acknowledged: 2 },
      targets: [{ operation: "upsert", requests: 1, items: 3 }],
    });
  });

  it("moves whoever changes the audience, and keeps what others have of an address", async () => {
    const world = await settled([
      ...people(3),
      { id: "twin", email: "p0@example.test", phone: "+491" },
      { id: "x", audience: "Other", email: "x@example.test" },
    ]);
    const [first, second, third] = people(3);
    const result = await world.run(
      csv([
        { ...first, id: "p0" },
        { ...second, id: "p1", audience: "Other" },
        { ...third, id: "p2" },
        { id: "x", audience: "Other", email: "x@example.test" },
      ]),
    );
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 2, unchanged: 2 },
      mirror: {
        audiences: [
          { target: "Other", members: { moved: 1, joined: 0, unchanged: 1 } },
          { target: "VIP", members: { left: 2, repeated: 1, unchanged: 1 } },
        ],
      },
    });
    expect(world.held("Other")).toHaveLength(2);
    expect(world.held()).toHaveLength(2);
    const [removal] = world.sent.filter(({ method }) => method === "DELETE");
    expect(removal && rowsOf(removal).some((row) => row.includes("PHONE"))).toBe(true);
  });

  it("only adds where its file says so", async () => {
    const sync = syncText(["operations: [upsert]"]);
    const world = new MirrorWorld();
    await world.run(csv(people(3)), { sync });
    expect(await world.run(csv(people(1)), { sync })).toMatchObject({
      status: "succeeded",
      records: { unchanged: 1 },
      requests: { planned: 0 },
    });
    expect(world.held()).toHaveLength(3);
  });

  it("plans the very bytes that it sends, and writes nothing", async () => {
    const sync = syncText([], ["targets: { VIP: '77', Other: '88' }", "max_body_bytes: 1500"]);
    const world = new MirrorWorld({ audiences: { VIP: "77", Other: "88" } });
    const day1 = [...people(20), ...people(20, "o", "Other")];
    await world.run(csv(day1), { sync });
    const day2 = csv([...day1.slice(4, -4), ...people(9, "n"), ...people(9, "m", "Other")]);
    const before = structuredClone(world.tables);
    world.takeSent();
    const { result, requests: planned } = await world.plan(day2, { sync });
    expect(world.tables).toEqual(before);
    expect(world.sent).toEqual([]);
    expect(result).toMatchObject({
      status: "succeeded",
      dryRun: true,
      records: { read: 50, planned: 18, unchanged: 32 },
    });
    await world.run(day2, { sync });
    const bytes = ({ method, path, body }: (typeof planned)[number]) =>
      `${method} ${path.split("/")[2] ?? ""} ${JSON.stringify(body)}`;
    expect(planned.length).toBeGreaterThan(4);
    expect(planned.map(bytes).toSorted()).toEqual(
      world.sent.map(({ method, id, body }) => `${method} ${id} ${body}`).toSorted(),
    );
  });

  it("takes turns between audiences", async () => {
    const sync = syncText([], ["max_body_bytes: 1500"]);
    const world = new MirrorWorld();
    const { requests: planned } = await world.plan(
      csv([...people(12), ...people(12, "o", "Other")]),
      { sync },
    );
    const targets = planned.map(({ target }) => target);
    expect(targets.slice(0, 4)).toEqual(["Other", "VIP", "Other", "VIP"]);
  });
});

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
      records: { read: 8, unchanged: 5, notSent: 1 },
      failures: [{ target: "Both", summary: expect.stringContaining("same audience") }],
    });
  });
});

describe("the removal guard of a mirror", () => {
  it("stops an audience that would lose much, lets the others go on, and passes once when told to", async () => {
    const both = [...people(100), ...people(5, "o", "Other")];
    const world = await settled(both);
    const less = csv([...people(60), ...people(4, "o", "Other")]);
    const stopped = await world.run(less);
    expect(stopped).toMatchObject({
      status: "partially_succeeded",
      records: { read: 64, unchanged: 64 },
      mirror: { openRemovals: 40, audiences: [{ guarded: undefined }, { target: "VIP" }] },
      failures: [{ target: "VIP", summary: expect.stringContaining("40 members left") }],
    });
    expect(requests(world)).toEqual(["DELETE Other: 1"]);
    world.takeSent();
    const elsewhere = { allowedRemovals: { kind: "in", target: "Other" } } as const;
    expect((await world.run(less, elsewhere)).status).toBe("failed");
    expect(world.sent).toEqual([]);
    const here = { allowedRemovals: { kind: "in", target: "VIP" } } as const;
    expect((await world.run(less, here)).status).toBe("succeeded");
    expect(world.held()).toHaveLength(60);
  });

  it("stops a source that is empty, and an audience that nobody is wanted in any more", async () => {
    const world = await settled([...people(3), ...people(2, "o", "Other")]);
    const empty = await world.run(csv([]));
    expect(empty).toMatchObject({ status: "failed", mirror: { openRemovals: 5 } });
    expect(runText(empty)).toMatch(
      /^custom_audiences: nothing was sent: the removal guard stopped 2 audiences/,
    );
    expect(await world.run(csv(people(3)))).toMatchObject({
      status: "failed",
      mirror: { audiences: [{ target: "VIP" }, { target: "Other", members: { left: 2 } }] },
    });
    expect(world.sent).toEqual([]);
    const allowed = { allowedRemovals: { kind: "everywhere" } } as const;
    expect((await world.run(csv(people(3)), allowed)).status).toBe("succeeded");
    expect(world.held("Other")).toEqual([]);
    expect((await world.run(csv(people(3)))).mirror?.audiences).toHaveLength(1);
  });

  it("is off where its file says so", async () => {
    const world = await settled();
    await world.run(csv([]), { sync: syncText(["removal_guard: off"]) });
    expect(world.held()).toEqual([]);
  });
});

describe("the audiences of a mirror", () => {
  it("are its own: another sync is refused by the name of the one that has them", async () => {
    const world = await settled();
    const sync = syncText().replace("sync: people", "sync: others");
    expect(await world.run(csv(people(1, "q")), { sync })).toMatchObject({
      status: "failed",
      records: { read: 1, notSent: 1 },
      failures: [{ target: "VIP", summary: expect.stringContaining("the sync `people`") }],
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
