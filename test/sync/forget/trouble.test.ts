/** What keeps people from being erased, and what completes it. */
import { describe, expect, it } from "vitest";
import type { Transport } from "../../../src/core/ports.js";
import type { RunEvent } from "../../../src/delivery/run-event.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import { forgetStatus } from "../../../src/sync/forget/forget-result.js";
import { answering, failing, LOST, ONCE, requests, settled } from "../mirror/requests.js";
import { csv, MirrorWorld, people, syncText } from "../mirror/world.js";
import { erase, record, send } from "./erasing.js";
import { ANN, ANN_ERASED, BOB, email, EVERYBODY, phone } from "./people.js";

describe("an audience that is gone", () => {
  async function vip({ store }: MirrorWorld): Promise<string> {
    const [held] = await store.members.audiences();
    return held?.audienceId ?? "";
  }

  /** The same store and another Meta, which does not know VIP. */
  async function elsewhere(): Promise<MirrorWorld> {
    const { store, clock } = await settled([ANN, BOB]);
    const world = new MirrorWorld({ store });
    world.pass(clock() - world.clock());
    return world;
  }

  it("is told, with what to say if it is true, and stays held", async () => {
    const world = await elsewhere();
    const audienceId = await vip(world);
    const result = await erase(world, ANN_ERASED);
    expect(result.runs.flatMap((run) => run.result.failures.map(({ summary }) => summary))).toEqual(
      [
        `the audience "VIP" (${audienceId}) does not exist any more, or the token may not see it. If it is gone, say so: \`--gone ${audienceId}\`.`,
      ],
    );
    expect(await world.store.members.audiences()).toMatchObject([{ rows: 2 }]);
  });

  it("is left out once somebody says so, and the person is not held of it any more", async () => {
    const world = await elsewhere();
    const audienceId = await vip(world);
    const result = await erase(world, ANN_ERASED, { gone: [audienceId] });
    expect(forgetStatus(result)).toBe("succeeded");
    expect(result.droppedRows).toBe(1);
    expect(world.sent).toEqual([]);
    expect(await world.store.members.audiences()).toMatchObject([{ rows: 1 }]);
  });

  it("is asked all the same when Meta shows it", async () => {
    const world = await settled([ANN, BOB]);
    const audienceId = await vip(world);
    const result = await erase(world, ANN_ERASED, { gone: [audienceId] });
    expect(result.droppedRows).toBe(0);
    expect(requests(world)).toEqual(["DELETE VIP: 1", "DELETE VIP: 1"]);
  });
});

describe("an erasure that does not come to its end", () => {
  it("is completed by the next run of the sync when it ended after the suppression", async () => {
    const world = await settled(EVERYBODY);
    const stopped = AbortSignal.abort();
    const result = await erase(world, ANN_ERASED, { interrupted: stopped });
    expect(forgetStatus(result)).toBe("interrupted");
    expect(requests(world)).toEqual([]);
    const next = await world.run(csv(EVERYBODY));
    expect(next.records).toMatchObject({ suppressed: 1 });
    expect(requests(world)).toEqual(["DELETE VIP: 1"]);
    expect(world.held()).not.toContain(phone("+4930111"));
  });

  it("is completed by the next run as a whole, though somebody shares an identifier, who is there after it", async () => {
    const eve = { id: "eve", email: "eve@example.test", phone: ANN.phone ?? "" };
    const world = await settled([ANN, eve]);
    await erase(world, ANN_ERASED, { interrupted: AbortSignal.abort() });
    await world.run(csv([ANN, eve]));
    expect(requests(world)).toEqual(["DELETE VIP: 1", "POST VIP: 1"]);
    expect(world.held()).toEqual([email("eve@example.test"), phone("+4930111")].sort());
    expect(Array.from(world.tables.members.values(), ({ identity }) => identity)).toEqual([
      '{"key":{"id":"eve"},"target":"VIP"}',
    ]);
  });

  it.each([
    ["was never answered", LOST, "succeeded"],
    ["was refused", failing(100, { error_subcode: 1713230 }), "succeeded"],
  ] as const)("is completed by saying it again when a removal %s", async (_, answer, then) => {
    const world = await settled(EVERYBODY);
    world.between = answering([0], answer);
    const first = await erase(world, ANN_ERASED, ONCE);
    expect(forgetStatus(first)).toBe("partially_succeeded");
    expect(first.runs[0]?.result.mirror?.openRemovals).toBe(1);
    world.between = (meta) => meta;
    world.takeSent();
    const again = await erase(world, ANN_ERASED);
    expect(again.suppressedBefore).toBe(1);
    expect(forgetStatus(again)).toBe(then);
    expect(requests(world)).toEqual(["DELETE VIP: 1", "DELETE Lapsed: 1", "DELETE VIP: 1"]);
    expect(world.held("VIP")).toEqual([email("bob@example.test"), phone("+4930222")].sort());
  });

  it("removes whole rows though looking for them failed", async () => {
    const world = await settled([ANN, BOB]);
    let reads = 0;
    world.between = (meta) => (request) => {
      reads += Number(request.method === "GET");
      return request.method === "GET" && reads === 1 ? failing(190)() : meta(request);
    };
    expect(forgetStatus(await erase(world, ANN_ERASED))).toBe("succeeded");
    expect(requests(world)).toEqual(["DELETE VIP: 1", "DELETE VIP: 1"]);
    expect(world.held()).toEqual([email("bob@example.test"), phone("+4930222")].sort());
  });

  it("waits in all of its runs as long as Meta states in one of them", async () => {
    const world = await settled(EVERYBODY);
    world.between = answering([0], usedUp);
    const waits: RunEvent[] = [];
    const event = (one: RunEvent) => {
      if (one.kind === "waiting") waits.push(one);
    };
    const result = await erase(world, ANN_ERASED, { listener: { event } });
    expect(forgetStatus(result)).toBe("succeeded");
    expect(requests(world)).toEqual(["DELETE VIP: 1", "DELETE Lapsed: 1", "DELETE VIP: 1"]);
    const [first = 0, second = 0] = world.sent.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(19 * 60_000);
    expect(waits[0]).toMatchObject({ waiting: { until: second, because: "throttled" } });
  });

  it("hears that it is to stop where it waits before a run that it only looks ahead to", async () => {
    const world = await settled([ANN]);
    const other = syncText().replace("sync: people", "sync: regulars");
    await world.run(csv([{ ...ANN, audience: "Regulars" }]), { sync: other });
    world.takeSent();
    world.between = answering([0], usedUp);
    const stopping = new AbortController();
    const event = (one: RunEvent) => {
      if (one.kind === "waiting") stopping.abort();
    };
    const words = { listener: { event }, interrupted: stopping.signal };
    const before = world.clock();
    expect(forgetStatus(await erase(world, ANN_ERASED, words))).toBe("interrupted");
    expect(requests(world)).toEqual(["DELETE VIP: 1"]);
    expect(world.clock() - before).toBeLessThan(3_600_000 + 19 * 60_000);
  });

  it("is completed by the next run of a sync that only adds", async () => {
    const only = syncText(["operations: [upsert]"]);
    const world = new MirrorWorld();
    await world.run(csv([ANN, BOB]), { sync: only });
    world.takeSent();
    await erase(world, ANN_ERASED, { interrupted: AbortSignal.abort() });
    await world.run(csv([BOB]), { sync: only });
    expect(requests(world)).toEqual(["DELETE VIP: 1"]);
  });
});

/** Meta does it, and nothing more may be asked for 19 minutes. */
async function usedUp(meta: Transport, request: Request): Promise<Response> {
  const { body, status } = await meta(request);
  const used = { type: "custom_audience", call_count: 100, estimated_time_to_regain_access: 19 };
  const headers = { "X-Business-Use-Case-Usage": JSON.stringify({ "1": [used] }) };
  return new Response(body, { status, headers });
}

describe("erasing while another opening runs a sync", () => {
  it("says which records may still be sent that were read before", async () => {
    const world = new MirrorWorld();
    await send(world, "custom_audiences", [record("ann")]);
    const other = memoryStore(world.tables);
    const startedAt = world.clock();
    const run = { surface: "custom_audiences", startedAt, holder: "elsewhere" } as const;
    await other.runs.start({ sync: "records:leads", ...run });
    const result = await erase(world, ANN_ERASED);
    expect(forgetStatus(result)).toBe("partially_succeeded");
    expect(result.busy).toEqual([
      { sync: "records:leads", because: "the sync `records:leads` is being run by elsewhere" },
    ]);
    await other.close();
    expect(forgetStatus(await erase(world, ANN_ERASED))).toBe("succeeded");
  });

  it("suppresses, and leaves the audiences of that sync to the next time", async () => {
    const world = await settled([ANN, ...people(2)]);
    const other = memoryStore(world.tables);
    await other.runs.start({
      sync: "people",
      surface: "custom_audiences",
      startedAt: world.clock(),
      holder: "elsewhere",
    });
    const result = await erase(world, ANN_ERASED);
    expect(forgetStatus(result)).toBe("failed");
    expect(result.busy).toEqual([
      { sync: "people", because: "the sync `people` is being run by elsewhere" },
    ]);
    expect(world.sent).toEqual([]);
    await other.close();
    expect(forgetStatus(await erase(world, ANN_ERASED))).toBe("succeeded");
  });
});
