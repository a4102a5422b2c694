import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import { event, events, person, requests } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded } from "./outcomes.js";
import { DeliveryWorld, lines, names, to, type Meta } from "./world.js";

/** Refuses any request with one of these records, and names nobody. */
function refusing(...bad: readonly string[]): Meta {
  return ({ request }) =>
    request.recordIdentities.some((id) => bad.includes(id)) ? refused(request) : succeeded(request);
}

/** Which records each call had. */
function sent({ calls }: DeliveryWorld): readonly string[] {
  return calls.map(({ request }) => names(request));
}

/** What became of records. */
function ends(delivered: Parameters<typeof lines>[0]): readonly string[] {
  return lines(delivered).filter((line) => !/^(planned|attempt|part |split)/.test(line));
}

async function rejected({ store }: DeliveryWorld): Promise<readonly string[]> {
  const rejects = await store.rejects.list({}, 100);
  return rejects.map(({ identity, batchId }) => `${identity} by ${batchId ?? "nobody"}`).reverse();
}

describe("a batch that Meta refuses for a record in it", () => {
  it("is searched for that record, which is rejected, and the others are sent", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(requests(events(8)), refusing("e-2"));
    expect(sent(world)).toEqual(["e-1..e-8", "e-1..e-4", "e-1+e-2", "e-1", "e-2", "e-3..e-8"]);
    expect(ends(delivered)).toEqual([
      "succeeded e-1",
      "rejected less e-2 e-2",
      "succeeded e-3..e-8",
    ]);
    expect(world.states()).toEqual({
      "1": "split",
      "1/1": "split",
      "1/2": "split",
      "1/3": "succeeded",
      "1/4": "rejected",
      "1/5": "succeeded",
    });
    expect(await rejected(world)).toEqual(["e-2 by 1-1/4"]);
  });

  it("is searched at the record that Meta named, by its row where a record has several", async () => {
    const world = new DeliveryWorld();
    const people = [
      person("a", "upsert", ["a1", "a2"]),
      person("b", "upsert", ["b1", "b2", "b3"]),
      person("c"),
    ];
    const meta: Meta = ({ request }) =>
      request.recordIdentities.includes("b") ? refused(request, 4) : succeeded(request);
    await world.deliver(requests(people), meta);
    expect(sent(world)).toEqual(["a+b+c", "b", "a", "c"]);
    expect(await rejected(world)).toEqual(["b by 1-1/1"]);
  });

  it("is searched from the middle where Meta names an item that was not sent", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ request }) =>
      request.recordIdentities.includes("e-4") ? refused(request, 99) : succeeded(request);
    await world.deliver(requests(events(4)), meta);
    expect(sent(world)).toEqual(["e-1..e-4", "e-1+e-2", "e-3", "e-4"]);
  });

  it("leaves the requests after it in their lane for when it is through", async () => {
    const world = new DeliveryWorld();
    await world.deliver(requests(events(2), to("456", "next")), refusing("e-1"));
    expect(sent(world)).toEqual(["e-1+e-2", "e-1", "e-2", "next"]);
    expect(Object.keys(world.states())).toEqual(["1", "2", "1/1", "1/2"]);
  });

  it("leaves for the next run what its budget does not reach", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(requests(events(8)), refusing("e-2"), {
      retry: { ...DEFAULT_RETRY_POLICY, isolationBudget: 3 },
    });
    expect(sent(world)).toEqual(["e-1..e-8", "e-1..e-4", "e-1+e-2", "e-1"]);
    expect(ends(delivered)).toEqual([
      "succeeded e-1",
      expect.stringMatching(/^7 not sent \(too many records of one request were refused/),
    ]);
  });

  it("goes on without a group of which nobody knows what became", async () => {
    const world = new DeliveryWorld();
    const chats = ["a", "b", "c", "d"].map((id) =>
      event(id, { action_source: "business_messaging" }),
    );
    const meta: Meta = ({ n, request }) =>
      n === 0 ? refused(request) : n === 1 ? failed(request, "unknown") : succeeded(request);
    const delivered = await world.deliver(requests(chats), meta);
    expect(sent(world)).toEqual(["a..d", "a+b", "c+d"]);
    expect(ends(delivered)).toEqual(["unknown a+b", "succeeded c+d"]);
  });

  it("stops its audience at a part without acknowledgement, and sends none of the rest", async () => {
    const world = new DeliveryWorld();
    const people = ["a", "b", "c", "d"].map((id) => person(id));
    const meta: Meta = ({ n, request }) =>
      n === 0 ? refused(request) : failed(request, "unknown", { summary: "lost" });
    const delivered = await world.deliver(requests(people, [person("e")]), meta);
    expect(new Set(sent(world))).toEqual(new Set(["a..d", "a+b"]));
    expect(ends(delivered)).toEqual([
      "unknown a+b",
      "2 not sent (lost) a..d",
      "1 not sent (lost) e",
    ]);
  });

  it("is not searched on once the run has stopped", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ n, request }) =>
      n === 0 ? refused(request) : failed(request, "account", { summary: "no token" });
    const delivered = await world.deliver(requests(events(4)), meta);
    expect(sent(world)).toEqual(["e-1..e-4", "e-1+e-2"]);
    expect(ends(delivered)).toEqual([
      "failed e-1+e-2",
      "2 not sent (no token) e-1..e-4",
      "stopped, blocked: no token",
    ]);
  });

  it("is rejected whole, and not searched, when Meta counted every row as malformed", async () => {
    const world = new DeliveryWorld();
    const blame = { kind: "all", cells: new Map([["a", "not hashed"]]) } as const;
    const meta: Meta = ({ request }) => failed(request, "record", {}, blame);
    const delivered = await world.deliver(requests([person("a"), person("b")]), meta);
    expect(sent(world)).toEqual(["a+b"]);
    expect(ends(delivered)).toEqual(["rejected less a b a+b"]);
  });
});

describe("a batch that is too large", () => {
  const tooLarge = (most: number): Meta => {
    return ({ request }) =>
      request.recordCount > most ? failed(request, "batch") : succeeded(request);
  };

  it("is sent in halves, and halves of halves, in their order", async () => {
    const world = new DeliveryWorld();
    await world.deliver(requests(events(5)), tooLarge(2));
    expect(sent(world)).toEqual(["e-1..e-5", "e-1+e-2+e-3", "e-1+e-2", "e-3", "e-4+e-5"]);
    expect(world.states()).toEqual({
      "1": "split",
      "1/1": "split",
      "1/2": "succeeded",
      "1/3": "succeeded",
      "1/4": "succeeded",
    });
  });

  it("rejects a record that is too large alone, and goes on", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ request }) =>
      request.recordIdentities.includes("e-1") ? failed(request, "batch") : succeeded(request);
    await world.deliver(requests(events(3)), meta);
    expect(sent(world)).toEqual(["e-1+e-2+e-3", "e-1+e-2", "e-1", "e-2", "e-3"]);
    expect(await rejected(world)).toEqual(["e-1 by 1-1/2"]);
  });

  it("is searched where a half of it has a bad record", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = (call) =>
      call.request.recordCount > 4 ? failed(call.request, "batch") : refusing("e-6")(call);
    await world.deliver(requests(events(8)), meta);
    expect(sent(world)).toEqual([
      "e-1..e-8",
      "e-1..e-4",
      "e-5..e-8",
      "e-5+e-6",
      "e-5",
      "e-6",
      "e-7+e-8",
    ]);
  });

  it("leaves a group alone that turns out too large while a bad record is searched", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ n, request }) =>
      n === 0 ? refused(request) : n === 1 ? failed(request, "batch") : succeeded(request);
    const delivered = await world.deliver(requests(events(4)), meta);
    expect(sent(world)).toEqual(["e-1..e-4", "e-1+e-2", "e-3+e-4"]);
    expect(ends(delivered)).toEqual([
      expect.stringMatching(/^2 not sent .* e-1\+e-2$/),
      "succeeded e-3+e-4",
    ]);
  });
});

describe("a lane", () => {
  it("stops when ten records were each refused alone and none was taken", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests(events(12), to("456", "next"), to("2", "other")),
      (call) => (call.request.target === "456" ? refused(call.request) : succeeded(call.request)),
    );
    const alone = world.calls.filter(
      ({ request }) => request.recordCount === 1 && request.target === "456",
    );
    expect(alone).toHaveLength(10);
    expect(ends(delivered).slice(-3)).toEqual([
      "rejected less e-10 e-10",
      expect.stringMatching(/^2 not sent \(10 records were refused for themselves .* e-1\.\.e-12$/),
      expect.stringMatching(/^1 not sent \(10 records were refused for themselves .* next$/),
    ]);
    expect(ends(delivered)).toContain("succeeded other");
  });

  it("does not stop for that once something was taken", async () => {
    const world = new DeliveryWorld();
    const bad = events(12).map(({ identity }) => identity);
    await world.deliver(requests(to("456", "good"), events(12)), refusing(...bad));
    expect(await rejected(world)).toHaveLength(12);
  });

  it("goes on after a request that Meta took in part", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ n, request }) =>
      n === 0 ? inPart(request, 2, new Map([["a", "not hashed"]])) : succeeded(request);
    const first = [person("a"), person("b"), person("c")];
    const delivered = await world.deliver(requests(first, [person("d")]), meta);
    expect(ends(delivered)).toEqual([
      "partially_succeeded less a (1 unnamed) a+b+c",
      "succeeded d",
    ]);
    expect(await rejected(world)).toEqual(["a by 1-1"]);
  });

  it.each(["target", "throttle", "transient", "unknown", "batch"] as const)(
    "of an audience goes no further after an end without acknowledgement (%s)",
    async (errorClass) => {
      const world = new DeliveryWorld();
      const meta: Meta = ({ request }) =>
        first(request) ? failed(request, errorClass, { summary: "it failed" }) : succeeded(request);
      const delivered = await world.deliver(requests([person("a")], [person("b")]), meta, {
        retry: { ...DEFAULT_RETRY_POLICY, maxAttempts: 1, maxThrottled: 1 },
      });
      // Nothing is open of a record that was refused for itself.
      const goesOn = errorClass === "batch";
      expect(ends(delivered).at(-1)).toBe(goesOn ? "succeeded b" : "1 not sent (it failed) b");
    },
  );

  it("of events goes on after an end without acknowledgement", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ request }) =>
      first(request) ? failed(request, "unknown") : succeeded(request);
    const delivered = await world.deliver(requests(to("1", "a"), to("1", "b")), meta);
    expect(ends(delivered)).toEqual(["unknown a", "succeeded b"]);
  });

  it.each([
    ["throttled", (request: RequestPlan) => failed(request, "throttle", { summary: "used up" })],
    ["unreachable", (request: RequestPlan) => neverConnected(request, { summary: "used up" })],
  ])("of events asks no more once a request was %s to the end", async (_, failure) => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ request }) => (first(request) ? failure(request) : succeeded(request));
    const delivered = await world.deliver(requests(to("1", "a"), to("1", "b"), to("2", "c")), meta);
    expect([...ends(delivered)].sort()).toEqual([
      "1 not sent (used up) b",
      "failed a",
      "succeeded c",
    ]);
  });

  function first({ recordIdentities }: RequestPlan): boolean {
    return recordIdentities.includes("a");
  }
});
