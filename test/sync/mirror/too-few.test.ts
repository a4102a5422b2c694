/** Where Meta lets nobody be removed from an audience before others are added. */
import { describe, expect, it } from "vitest";
import type { Transport } from "../../../src/core/ports.js";
import { runText } from "../../../src/report/run-text.js";
import { failing, ONCE, requests } from "./requests.js";
import { csv, MirrorWorld, people, rowsOf, syncText, type Person, type RunWords } from "./world.js";

const ALLOWED: RunWords = { allowedRemovals: { kind: "everywhere" } };

const TOO_FEW = failing(200, { error_subcode: 1_870_047 });

/** Meta refuses every removal after which fewer than three identifiers are left. */
function needingThree(world: MirrorWorld): (meta: Transport) => Transport {
  return (meta) => (request) => {
    const last = world.sent.at(-1);
    const removes = request.method === "DELETE" && last !== undefined ? rowsOf(last).length : 0;
    return removes > 0 && world.held().length - removes < 3 ? TOO_FEW() : meta(request);
  };
}

/** Three people, of whom one has a telephone that somebody else will have. */
const FIRST: readonly Person[] = [
  ...people(2),
  { id: "p2", email: "p2@example.test", phone: "+4930" },
];
const SECOND: readonly Person[] = [{ id: "q0", phone: "+4930" }, ...people(3, "n")];

async function turnedOver(matching: "cell" | "person" = "person"): Promise<MirrorWorld> {
  const world = new MirrorWorld({ matching });
  expect((await world.run(csv(FIRST))).status).toBe("succeeded");
  world.takeSent();
  world.between = needingThree(world);
  return world;
}

describe("a removal that would leave too few people", () => {
  it.each(["cell", "person"] as const)(
    "is sent again behind the additions, and these once more behind it, matched by %s",
    async (matching) => {
      const world = await turnedOver(matching);
      const result = await world.run(csv(SECOND), ALLOWED);
      expect(requests(world)).toEqual([
        "DELETE VIP: 3",
        "POST VIP: 4",
        "DELETE VIP: 3",
        "POST VIP: 4",
      ]);
      expect(result).toMatchObject({
        status: "succeeded",
        records: { read: 4, acknowledged: 4 },
        mirror: { openRemovals: 0 },
        failures: [],
      });
      expect(runText(result)).toMatch(
        /Meta acknowledged 3 of 3 requests, counting the parts of 2 that were split\n/,
      );
      expect(world.held()).toHaveLength(4);
      expect((await world.run(csv(SECOND), ALLOWED)).requests.planned).toBe(0);
    },
  );

  it("is sent again as a whole where it was halved before Meta refused it", async () => {
    const world = await turnedOver();
    world.between = (meta) => (request) => {
      if (world.sent.length === 1) return Promise.resolve(new Response("", { status: 413 }));
      const hasAdded = world.sent.some(({ method }) => method === "POST");
      return request.method === "DELETE" && !hasAdded ? TOO_FEW() : meta(request);
    };
    const result = await world.run(csv(SECOND), ALLOWED);
    expect(result).toMatchObject({ status: "succeeded", mirror: { openRemovals: 0 } });
    expect(world.held()).toHaveLength(4);
    expect(requests(world)).toEqual([
      "DELETE VIP: 3",
      "DELETE VIP: 2",
      "POST VIP: 4",
      "DELETE VIP: 2",
      "DELETE VIP: 1",
      "POST VIP: 4",
    ]);
    expect((await world.run(csv(SECOND), ALLOWED)).requests.planned).toBe(0);
  });

  it("takes nobody away when a run is interrupted between the removal and the last additions", async () => {
    const world = await turnedOver();
    const interrupt = new AbortController();
    world.between = (meta) => (request) => {
      if (world.sent.length === 3) interrupt.abort();
      return needingThree(world)(meta)(request);
    };
    const cut = await world.run(csv(SECOND), { ...ALLOWED, interrupted: interrupt.signal });
    expect(cut).toMatchObject({ status: "interrupted", records: { acknowledged: 0, notSent: 4 } });
    expect(requests(world)).toEqual(["DELETE VIP: 3", "POST VIP: 4", "DELETE VIP: 3"]);
    expect(world.held()).toHaveLength(3);
    expect((await world.run(csv(SECOND), ALLOWED)).status).toBe("succeeded");
    expect(world.held()).toHaveLength(4);
    expect((await world.run(csv(SECOND), ALLOWED)).requests.planned).toBe(0);
  });

  it("stays a difference when Meta refuses it once more", async () => {
    const world = await turnedOver();
    world.between = (meta) => (request) =>
      request.method === "DELETE" ? TOO_FEW() : meta(request);
    const result = await world.run(csv(SECOND), ALLOWED);
    expect(result).toMatchObject({
      status: "partially_succeeded",
      records: { acknowledged: 4 },
      mirror: { openRemovals: 3 },
      failures: [
        {
          target: "VIP",
          summary:
            "The removal would leave too few people in the audience (code 200/1870047). Add people before removing these, or delete the audience.",
          count: 1,
        },
      ],
    });
    world.takeSent();
    world.between = (meta) => meta;
    expect((await world.run(csv(SECOND), ALLOWED)).status).toBe("succeeded");
    expect(requests(world)[0]).toBe("DELETE VIP: 3");
    expect(world.held()).toHaveLength(4);
  });

  it("is left to the next run where it is too much to be kept", async () => {
    const small = { ...ALLOWED, sync: syncText([], ["max_body_bytes: 500"]) };
    const world = new MirrorWorld();
    await world.run(csv(people(400)), small);
    world.between = (meta) => (request) =>
      request.method === "DELETE" ? TOO_FEW() : meta(request);
    world.takeSent();
    const others = csv(people(5, "n"));
    expect(await world.run(others, small)).toMatchObject({
      status: "partially_succeeded",
      records: { acknowledged: 5 },
      mirror: { openRemovals: 400 },
      failures: [{ summary: expect.stringContaining("1870047"), count: 1 }],
    });
    expect(world.takeSent().filter(({ method }) => method === "DELETE")).toHaveLength(1);
    world.between = (meta) => meta;
    expect((await world.run(others, small)).status).toBe("succeeded");
    expect(world.sent.some(({ method }) => method === "POST")).toBe(false);
    expect(world.held()).toHaveLength(5);
  });

  it("does not confirm additions that were acknowledged before it and not answered behind it", async () => {
    const world = await turnedOver();
    let posts = 0;
    world.between = (meta) => (request) => {
      posts += Number(request.method === "POST");
      if (posts > 1) throw new TypeError("fetch failed");
      return needingThree(world)(meta)(request);
    };
    const result = await world.run(csv(SECOND), { ...ALLOWED, ...ONCE });
    expect(result).toMatchObject({ status: "partially_succeeded", records: { unknown: 4 } });
    world.between = (meta) => meta;
    expect(await world.run(csv(SECOND), ALLOWED)).toMatchObject({
      status: "succeeded",
      records: { acknowledged: 4 },
    });
    expect(world.held()).toHaveLength(4);
  });

  it("counts once what is not sent in either round", async () => {
    const small = { ...ALLOWED, ...ONCE, sync: syncText([], ["max_body_bytes: 500"]) };
    const world = new MirrorWorld();
    await world.run(csv(people(3)), small);
    world.between = (meta) => (request) =>
      request.method === "DELETE"
        ? TOO_FEW()
        : request.method === "POST"
          ? failing(2650)()
          : meta(request);
    const { records, mirror, requests: counts } = await world.run(csv(people(12, "n")), small);
    expect(records).toMatchObject({ read: 12, acknowledged: 0 });
    expect(mirror).toMatchObject({ openRemovals: 3, openAdditions: 12 });
    expect(counts.planned).toBe(counts.split + counts.failed + counts.notSent);
  });

  it("leaves to the next run whom it has added already when the rest is too much to be kept", async () => {
    const small = { ...ALLOWED, sync: syncText([], ["max_body_bytes: 500"]) };
    const world = new MirrorWorld();
    await world.run(csv(people(30)), small);
    world.between = (meta) => (request) =>
      request.method === "DELETE" ? TOO_FEW() : meta(request);
    const others = csv(people(60, "n"));
    const { records, mirror } = await world.run(others, small);
    expect(records.notSent).toBeGreaterThan(0);
    expect(mirror).toMatchObject({ openRemovals: 30, openAdditions: records.notSent });
    world.between = (meta) => meta;
    expect(await world.run(others, small)).toMatchObject({
      status: "succeeded",
      records: { acknowledged: records.notSent, unchanged: records.acknowledged },
    });
    expect(world.held()).toHaveLength(60);
  });
});
