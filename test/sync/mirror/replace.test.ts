/** A mirror that replaces everybody in an audience as soon as anything differs. */
import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../../src/generated/constants.js";
import type { Transport } from "../../../src/core/ports.js";
import { isJsonObject, parseJson } from "../../../src/core/json.js";
import { runText } from "../../../src/report/run-text.js";
import { answering, failing, LOST, ONCE, requests, settled } from "./requests.js";
import { csv, MirrorWorld, people, syncText, type RunWords, type SentUsers } from "./world.js";

const SYNC = { sync: syncText(["mode: replace"]) };

/** Requests hold a few rows only. */
const SMALL = { sync: syncText(["mode: replace"], ["max_body_bytes: 1300"]) };

const NINETY_MINUTES = 5_400_000;

/** Twelve people, sent; then others, of whom some stay. */
const FIRST = people(12);
const SECOND = [...people(12).slice(1), ...people(3, "new")];

/** The session of a request, and its columns. */
function sessionOf({ body }: SentUsers): unknown {
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === "object" && parsed !== null && "session" in parsed
    ? parsed.session
    : undefined;
}

function schemaOf({ body }: SentUsers): string {
  return /"schema":(\[[^\]]*\])/.exec(body)?.[1] ?? "";
}

/** Meta takes the last request of a session, and nobody hears of that. */
function losingTheLast(meta: Transport): Transport {
  return async (request) => {
    const body = request.method === "POST" ? await request.clone().text() : "";
    return body.includes('"last_batch_flag":true') ? LOST(meta, request) : meta(request);
  };
}

/** Meta says of an audience what it is doing with it. */
function inOperation(status: number): (meta: Transport) => Transport {
  return (meta) => async (request) =>
    request.url.includes("operation_status")
      ? Response.json({ id: "1", operation_status: { code: status } })
      : meta(request);
}

/** What Meta holds of an audience is what a source wants, and a second run has nothing to do. */
async function expectInStep(world: MirrorWorld, source: typeof FIRST, words: RunWords) {
  expect(world.held()).toHaveLength(source.length);
  expect((await world.run(csv(source), words)).requests.attempts).toBe(0);
}

/** Somebody who is in the audience and whom nobody here has put there. */
async function addStranger(world: MirrorWorld): Promise<void> {
  const id = world.emulator.state().audiences[0]?.id ?? "";
  await world.emulator.handle(
    new Request(`https://graph.facebook.com/${API_VERSION}/${id}/users`, {
      method: "POST",
      headers: { authorization: "Bearer other" },
      body: JSON.stringify({ payload: { schema: ["EMAIL"], data: [["a".repeat(64)]] } }),
    }),
  );
}

describe("a mirror in mode replace", () => {
  it("adds people to an audience that is empty, and sends the whole list when anything differs", async () => {
    const world = new MirrorWorld();
    await world.run(csv(FIRST), SYNC);
    expect(requests(world)).toEqual(["POST VIP: 12"]);
    world.takeSent();
    expect((await world.run(csv(FIRST), SYNC)).requests.planned).toBe(0);
    await addStranger(world);
    const result = await world.run(csv(SECOND), SYNC);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 14, acknowledged: 14, unchanged: 0 },
      targets: [{ operation: "replace", requests: 1, items: 14, acknowledgedItems: 14 }],
      mirror: {
        openRemovals: 0,
        audiences: [{ members: { joined: 3, left: 1, repeated: 11 }, replace: "done" }],
      },
    });
    expect(requests(world)).toEqual(["REPLACE VIP: 14"]);
    world.takeSent();
    await expectInStep(world, SECOND, SYNC);
    expect(world.sent).toEqual([]);
  });

  it("sends a long list in one session of several requests with one schema", async () => {
    const world = await settled(FIRST);
    const second = [...SECOND.slice(0, -1), { id: "new2", phone: "+4930" }];
    expect((await world.run(csv(second), SMALL)).status).toBe("succeeded");
    const sessions = world.sent.map(sessionOf);
    const [id] = /(?<="session_id":)\d+/.exec(world.sent[0]?.body ?? "")?.map(Number) ?? [];
    expect(id).toBeGreaterThan(0);
    expect(sessions.length).toBeGreaterThan(2);
    expect(sessions).toEqual(
      sessions.map((_, index) => ({
        session_id: id,
        estimated_num_total: 14,
        batch_seq: index + 1,
        last_batch_flag: index === sessions.length - 1,
      })),
    );
    expect(new Set(world.sent.map(schemaOf)).size).toBe(1);
    expect(world.sent.every(({ body }) => body.length <= 1_300)).toBe(true);
    await expectInStep(world, second, SMALL);
  });

  it("plans the very bytes that it sends", async () => {
    const world = await settled(FIRST);
    const words = SMALL;
    world.pass(3_600_000);
    const { result, requests: planned } = await world.plan(csv(SECOND), words);
    world.pass(-3_600_000);
    expect(result).toMatchObject({ records: { planned: 14 }, mirror: { openRemovals: 0 } });
    await world.run(csv(SECOND), words);
    expect(planned.map(({ bodyText }) => bodyText)).toEqual(world.sent.map(({ body }) => body));
    expect(planned[0]?.path).toMatch(/^\/v[\d.]+\/\d+\/usersreplace$/);
  });

  it("is held by the guard as every mirror, by what would be lost", async () => {
    const world = await settled(people(100));
    expect(await world.run(csv(people(60)), SYNC)).toMatchObject({
      status: "failed",
      failures: [{ summary: expect.stringContaining("40 of 100 rows (40 %) would be removed") }],
      mirror: { openRemovals: 40 },
    });
    expect(world.sent).toEqual([]);
    const allowed = { ...SYNC, allowedRemovals: { kind: "everywhere" } } as const;
    expect((await world.run(csv(people(60)), allowed)).status).toBe("succeeded");
    await expectInStep(world, [...people(60)], SYNC);
  });

  it.each([400, 411, 412])(
    "sends the difference where Meta begins no replace: operation status %i",
    async (status) => {
      const world = await settled(FIRST);
      world.between = inOperation(status);
      expect((await world.run(csv(SECOND), SYNC)).status).toBe("succeeded");
      expect(requests(world)).toEqual(["DELETE VIP: 1", "POST VIP: 3"]);
      expect(world.held()).toHaveLength(14);
    },
  );

  it("removes everybody where nobody is wanted any more", async () => {
    const world = await settled(FIRST);
    const allowed = { ...SYNC, allowedRemovals: { kind: "everywhere" } } as const;
    expect((await world.run(csv([]), allowed)).status).toBe("succeeded");
    expect(requests(world)).toEqual(["DELETE VIP: 12"]);
    expect(world.held()).toEqual([]);
  });

  it("leaves out whom Meta refused, in whichever request", async () => {
    const world = await settled(FIRST);
    let refused: string | undefined;
    world.between = answering([0], async (meta, request) => {
      refused = /"([0-9a-f]{64})"/.exec(await request.clone().text())?.[1];
      const answer = parseJson(await (await meta(request)).text());
      const samples = { [refused ?? ""]: "malformed" };
      const body = answer.ok && isJsonObject(answer.value) ? answer.value : {};
      return Response.json({ ...body, num_invalid_entries: 1, invalid_entry_samples: samples });
    });
    expect(await world.run(csv(SECOND), SMALL)).toMatchObject({
      records: { acknowledged: 13, rejected: 1 },
      mirror: { audiences: [{ replace: "done" }] },
    });
    world.takeSent();
    expect(await world.run(csv(SECOND), SMALL)).toMatchObject({
      records: { unchanged: 13, rejected: 1 },
      requests: { planned: 0 },
    });
    await world.run(csv([...SECOND, { id: "z", email: "z@example.test" }]), SMALL);
    expect(world.sent.some(({ body }) => body.includes(refused ?? ""))).toBe(false);
  });
});

describe("a replace that breaks off", () => {
  it.each([
    ["its second request is refused", answering([1], failing(2650, { error_subcode: 1870148 }))],
    ["nobody hears of its first request", answering([0], LOST)],
    ["nobody hears of its last request", losingTheLast],
  ])(
    "is no success when %s: nothing counts, and a run after 90 minutes begins it anew",
    async (_, between) => {
      const world = await settled(FIRST);
      world.between = between;
      const broken = await world.run(csv(SECOND), { ...SMALL, ...ONCE });
      expect(broken.status).toBe("failed");
      expect(broken.records).toMatchObject({ read: 14, acknowledged: 0, unchanged: 0 });
      expect(broken.records.unknown).toBeGreaterThan(0);
      expect(broken.mirror).toMatchObject({ openRemovals: 1, audiences: [{ replace: "broken" }] });
      expect(runText(broken)).toContain(
        "The replace of VIP broke off. Meta ends it 90 minutes after its first request, with whoever was sent by then; run again after that, and it begins anew, or, where Meta refused something in it, adds and removes to find what that was.",
      );
      world.takeSent();
      world.between = (meta) => meta;
      world.pass(NINETY_MINUTES);
      expect(await world.run(csv(SECOND), SMALL)).toMatchObject({
        status: "succeeded",
        records: { acknowledged: 14 },
        mirror: { openRemovals: 0, audiences: [{ replace: "done" }] },
      });
      await expectInStep(world, SECOND, SMALL);
    },
  );

  it("is waited for by the next run, which sends nothing meanwhile", async () => {
    const world = await settled(FIRST);
    world.between = answering([1], failing(100));
    await world.run(csv(SECOND), SMALL);
    world.takeSent();
    expect(await world.run(csv(SECOND), SMALL)).toMatchObject({
      status: "failed",
      records: { notSent: 14 },
      failures: [{ target: "VIP", summary: expect.stringContaining("(operation status 414)") }],
    });
    expect(world.sent).toEqual([]);
  });

  it("is completed by a mirror that does not replace, too", async () => {
    const world = await settled(FIRST);
    world.between = answering([1], failing(100));
    await world.run(csv(SECOND), SMALL);
    world.pass(NINETY_MINUTES);
    expect(world.held().length).toBeLessThan(10);
    const third = [...people(12).slice(2), ...people(1, "new")];
    expect((await world.run(csv(third))).status).toBe("succeeded");
    expect(world.held()).toHaveLength(11);
    await expectInStep(world, third, {});
  });

  it("sends a request of the middle again whose answer was lost, and comes to its end", async () => {
    const world = await settled(FIRST);
    world.between = answering([1], LOST);
    expect((await world.run(csv(SECOND), SMALL)).status).toBe("succeeded");
    const bodies = world.sent.map(({ body }) => body);
    expect(bodies[1]).toBe(bodies[2]);
    await expectInStep(world, SECOND, SMALL);
  });

  it("counts nothing that an interrupted run has sent of it", async () => {
    const world = await settled(FIRST);
    const interrupt = new AbortController();
    world.between = (meta) => (request) => {
      if (world.sent.length === 2) interrupt.abort();
      return meta(request);
    };
    const cut = await world.run(csv(SECOND), { ...SMALL, interrupted: interrupt.signal });
    expect(cut).toMatchObject({ status: "interrupted", records: { acknowledged: 0 } });
    expect(cut.records.unknown + cut.records.notSent).toBe(14);
    world.pass(NINETY_MINUTES);
    expect((await world.run(csv(SECOND), SMALL)).records.acknowledged).toBe(14);
    await expectInStep(world, SECOND, SMALL);
  });

  it("does not believe an answer by which Meta has fewer rows than were sent in the session", async () => {
    const world = await settled(FIRST);
    world.between = answering([1], async (meta, request) => {
      await meta(request);
      return Response.json({ num_received: 1, num_invalid_entries: 0 });
    });
    expect(await world.run(csv(SECOND), { ...SMALL, ...ONCE })).toMatchObject({
      status: "failed",
      records: { acknowledged: 0 },
    });
  });
});

it("is advised where the difference of a mirror is larger than its list", async () => {
  const world = await settled(people(20));
  const others = csv(people(20, "other"));
  const words = { allowedRemovals: { kind: "everywhere" } } as const;
  const { result } = await world.plan(others, words);
  const advice =
    "The difference of VIP (40 rows) is larger than its list (20 rows): `mode: replace` under `state` sends the list alone.";
  expect(runText(result)).toContain(advice);
  expect(runText(await world.run(others, words))).toContain(advice);
  expect(runText(await world.run(csv(people(19, "other")), words))).not.toContain("larger");
  world.between = inOperation(411);
  const replacing = { ...words, ...SYNC };
  const fallback = await world.run(csv(people(20, "third")), replacing);
  expect(fallback.mirror?.audiences).toMatchObject([{ replace: "none", rows: { removals: 19 } }]);
  expect(runText(fallback)).not.toContain("larger");
});
