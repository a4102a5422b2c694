import { describe, expect, it } from "vitest";
import { deliver } from "../../src/delivery/deliver.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { Planned } from "../../src/planning/planner.js";
import { event, planned, requests } from "./entries.js";
import { failed, succeeded } from "./outcomes.js";
import { after, DeliveryWorld, lines, NEVER, sleepIn, TAKES_ALL, to, type Meta } from "./world.js";

describe("a delivery that something stops", () => {
  it.each(["target", "request"] as const)(
    "loses one lane to an error of class %s, and says what of it was not sent",
    async (errorClass) => {
      const world = new DeliveryWorld();
      const meta: Meta = ({ request }) =>
        request.target === "1" ? failed(request, errorClass) : succeeded(request);
      const delivered = await world.deliver(
        requests(to("1", "a"), to("1", "b"), to("2", "c")),
        meta,
      );
      const ended = errorClass === "target" ? "failed" : "unknown";
      expect(lines(delivered).filter((line) => !/^(planned|attempt)/.test(line))).toEqual([
        `${ended} a`,
        `1 not sent (${errorClass} at 1) b`,
        "succeeded c",
      ]);
      expect(world.stops).toBe(0);
    },
  );

  it("stops the run, plans nothing more, and still settles what is under way", async () => {
    const world = new DeliveryWorld();
    const rest = { surface: "events", operation: "import", target: "1" } as const;
    async function* endless(): AsyncGenerator<Planned> {
      let index = 0;
      while (world.stops === 0) {
        await Promise.resolve();
        yield { kind: "request", planned: planned(to(String((index += 1)), "a")) };
      }
      yield { kind: "left", batch: { ...rest, entries: to("1", "left") } };
    }
    const meta = after(
      world,
      ({ n }) => (n === 0 ? 10 : 50),
      (call) => (call.n === 0 ? failed(call.request, "account") : succeeded(call.request)),
    );
    const delivered = await world.deliver(endless(), meta, { window: 4 });
    expect(lines(delivered).filter((line) => !/^(planned|attempt)/.test(line))).toEqual([
      "failed a",
      "1 not sent (account at 1) a",
      "left 1",
      "succeeded a",
      "succeeded a",
      "succeeded a",
      "stopped, blocked: account at 1",
    ]);
  });

  it.each([
    ["continue_on_any", "unknown", 2],
    ["stop_on_any", "unknown", 1],
    ["stop_on_terminal", "unknown", 2],
    ["stop_on_terminal", "record", 1],
    ["stop_on_terminal", "target", 1],
    ["continue_on_any", "record", 2],
  ] as const)("with %s, an end as %s lets %i requests go", async (onFailure, kind, sent) => {
    const world = new DeliveryWorld();
    const unsafe = [event("a", { action_source: "business_messaging" }), event("b")];
    const second = [event("c", {}, "2")];
    const meta = after(
      world,
      ({ n }) => n,
      ({ request }) => failed(request, kind),
    );
    const batch = kind === "unknown" ? unsafe : [event("a")];
    await world.deliver(requests(batch, second), meta, {
      onFailure,
      concurrency: 1,
      retry: { ...DEFAULT_RETRY_POLICY, maxAttempts: 1 },
    });
    expect(world.calls).toHaveLength(sent);
  });

  it("lets records through that are not sent, and stops when their failure stops the run", async () => {
    const world = new DeliveryWorld();
    const held = { surface: "custom_audiences", operation: "upsert", target: "VIP" } as const;
    const message = "the token expired";
    const delivered = await world.deliver([
      {
        kind: "rejection",
        rejection: { identity: "r", code: "missing", field: "em", message: "" },
        standing: false,
      },
      { kind: "left_out", identity: "d", because: "delivered" },
      {
        kind: "held",
        batch: { ...held, entries: [] },
        failure: { stops: "run", code: "meta.auth_failed", message },
      },
      { kind: "withheld", identity: "w" },
    ]);
    expect(lines(delivered)).toEqual([
      "rejection r",
      "left out d: delivered",
      "held 0",
      "withheld w",
      "stopped, blocked: the token expired",
    ]);
  });

  it("goes on when only the records of one target are held", async () => {
    const world = new DeliveryWorld();
    const batch = { surface: "events", operation: "import", target: "1", entries: [] } as const;
    const failure = { stops: "target", code: "target.several", message: "two" } as const;
    const items: Planned[] = [{ kind: "held", batch, failure }, ...requests(to("2", "a"))];
    expect(lines(await world.deliver(items)).at(-1)).toBe("succeeded a");
    expect(lines(await world.deliver(items, TAKES_ALL, { onFailure: "stop_on_any" }))).toEqual([
      "held 0",
      "planned a",
      "1 not sent (two) a",
      "stopped, failed: two",
    ]);
  });

  it("sends nothing more once an answer stopped the run, even where there is room", async () => {
    const world = new DeliveryWorld();
    async function* slow(): AsyncGenerator<Planned> {
      for (let index = 0; index < 10; index += 1) {
        await sleepIn(world.time)(10, NEVER);
        yield { kind: "request", planned: planned(to(String(index), "a"), index) };
      }
    }
    await world.deliver(slow(), ({ request }) => failed(request, "account"), { concurrency: 16 });
    expect(world.calls.map(({ request }) => request.index)).toEqual([0]);
  });
});

describe("a delivery that breaks", () => {
  it("settles the other lanes before it tells of a sender that threw", async () => {
    const world = new DeliveryWorld();
    const meta = after(
      world,
      ({ request }) => (request.target === "1" ? 0 : 20),
      ({ request }) => {
        if (request.target === "1") throw new Error("a bug");
        return succeeded(request);
      },
    );
    const delivering = world.deliver(requests(to("2", "b"), to("1", "a")), meta);
    await expect(delivering).rejects.toThrow("a bug");
    expect(world.states()).toEqual({ "1": "succeeded", "2": "sending" });
  });

  it("settles what has left before it tells of a source that threw", async () => {
    const world = new DeliveryWorld();
    async function* breaking(): AsyncGenerator<Planned> {
      yield* requests(to("1", "a"));
      await sleepIn(world.time)(5, NEVER);
      throw new Error("the source broke off");
    }
    const delivering = world.deliver(
      breaking(),
      after(world, () => 10),
    );
    await expect(delivering).rejects.toThrow("the source broke off");
    expect(world.states()).toEqual({ "1": "succeeded" });
  });

  it("ends with the error of a store that could not note the plan", async () => {
    const world = new DeliveryWorld();
    const { ledger } = world.options(await world.startRun(), TAKES_ALL, {});
    const broken = { ...ledger, plan: () => Promise.reject(new Error("the disk is full")) };
    const delivering = world.deliver(requests(to("1", "a")), TAKES_ALL, { ledger: broken });
    await expect(delivering).rejects.toThrow("the disk is full");
    expect(world.calls).toEqual([]);
  });

  it("waits for what is under way when its consumer leaves early", async () => {
    const world = new DeliveryWorld();
    let answered = false;
    const meta: Meta = async ({ request }) => {
      await sleepIn(world.time)(10, NEVER);
      answered = true;
      return succeeded(request);
    };
    const items = requests(to("1", "a"));
    async function* source(): AsyncGenerator<Planned> {
      yield* items;
      yield await Promise.resolve({ kind: "withheld", identity: "w" });
    }
    const options = world.options(await world.startRun(), meta, {});
    const leaving = (async () => {
      for await (const item of deliver(source(), options, () => undefined))
        if (item.kind === "withheld") break;
    })();
    await world.time.until(() => answered);
    await leaving;
    expect(world.states()).toEqual({ "1": "succeeded" });
  });
});
