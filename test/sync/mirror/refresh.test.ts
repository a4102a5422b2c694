/** People who are sent again because nobody has heard of them for long. */
import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../../src/generated/constants.js";
import { LOST, answering, ONCE, requests, settled } from "./requests.js";
import { csv, DAY, MirrorWorld, people, syncText } from "./world.js";

const SYNC = { sync: syncText(["refresh_after: 30d"]) };

describe("a mirror that refreshes after 30 days", () => {
  it("sends nobody again before that, each of them after that, and then nobody", async () => {
    const world = new MirrorWorld();
    const first = people(5);
    await world.run(csv(first), SYNC);
    world.pass(10 * DAY);
    const all = csv([...first, ...people(2, "later")]);
    await world.run(all, SYNC);
    world.takeSent();
    world.pass(19 * DAY);
    expect((await world.run(all, SYNC)).requests.planned).toBe(0);
    world.pass(DAY);
    expect(await world.run(all, SYNC)).toMatchObject({
      status: "succeeded",
      records: { acknowledged: 5, unchanged: 2 },
      mirror: { audiences: [{ members: { repeated: 5, unchanged: 2 } }] },
    });
    expect(requests(world)).toEqual(["POST VIP: 5"]);
    expect((await world.run(all, SYNC)).requests.planned).toBe(0);
    world.pass(10 * DAY);
    expect((await world.run(all, SYNC)).records).toMatchObject({ acknowledged: 2, unchanged: 5 });
  });

  it("goes on with whoever an interrupted run has not sent again", async () => {
    const sync = syncText(["refresh_after: 30d"], ["max_body_bytes: 1500"]);
    const world = new MirrorWorld();
    const all = csv(people(40));
    await world.run(all, { sync });
    world.pass(30 * DAY);
    const interrupt = new AbortController();
    world.takeSent();
    world.between = (meta) => (request) => {
      if (world.sent.length === 2) interrupt.abort();
      return meta(request);
    };
    const cut = await world.run(all, { sync, interrupted: interrupt.signal });
    expect(cut.status).toBe("interrupted");
    const { acknowledged, notSent } = cut.records;
    expect(notSent).toBeGreaterThan(0);
    expect((await world.run(all, { sync })).records).toMatchObject({
      acknowledged: notSent,
      unchanged: acknowledged,
    });
    expect((await world.run(all, { sync })).requests.planned).toBe(0);
  });

  it("sends them again in the next run when an answer was lost", async () => {
    const world = await settled();
    world.pass(30 * DAY);
    world.between = answering([0], LOST);
    expect((await world.run(csv(people(5)), { ...SYNC, ...ONCE })).records.unknown).toBe(5);
    expect((await world.run(csv(people(5)), SYNC)).records.acknowledged).toBe(5);
    expect((await world.run(csv(people(5)), SYNC)).requests.planned).toBe(0);
  });

  it("repairs what others have changed meanwhile", async () => {
    const world = await settled();
    const id = world.emulator.state().audiences[0]?.id ?? "";
    const [removed] = world.held();
    const body = { payload: { schema: ["EMAIL"], data: [[removed?.replace("EMAIL=", "")]] } };
    await world.emulator.handle(
      new Request(`https://graph.facebook.com/${API_VERSION}/${id}/users`, {
        method: "DELETE",
        headers: { authorization: "Bearer other" },
        body: JSON.stringify(body),
      }),
    );
    expect(world.held()).toHaveLength(4);
    world.pass(30 * DAY);
    await world.run(csv(people(5)), SYNC);
    expect(world.held()).toHaveLength(5);
  });
});

describe("a full refresh", () => {
  it("counts for an audience that cannot be reached, too, and is completed by a later run", async () => {
    const world = await settled();
    world.between = (meta) => async (request) =>
      request.url.includes("operation_status")
        ? Response.json({ id: "1", operation_status: { code: 414 } })
        : meta(request);
    const held = await world.run(csv(people(5)), { fullRefresh: true });
    expect(held.mirror?.unreached).toEqual(["VIP"]);
    expect(requests(world)).toEqual([]);
    world.between = (meta) => meta;
    expect((await world.run(csv(people(5)))).records.acknowledged).toBe(5);
    expect((await world.run(csv(people(5)))).requests.planned).toBe(0);
  });
});
