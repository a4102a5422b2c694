/** The planner runs once per run: counted at its door. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadDestination, type DestinationOptions } from "../../src/index.js";
import type * as Planner from "../../src/planning/planner.js";

const plannings = vi.hoisted(() => ({ started: 0, rendered: 0 }));

vi.mock("../../src/planning/planner.js", async (importOriginal) => {
  const original = await importOriginal<typeof Planner>();
  return {
    ...original,
    planRequests: <B>(
      source: Parameters<typeof original.planRequests<B>>[0],
      options: Parameters<typeof original.planRequests<B>>[1],
    ) => {
      plannings.started += 1;
      const render: typeof options.render = (batch, index) => {
        plannings.rendered += 1;
        return options.render(batch, index);
      };
      return original.planRequests(source, { ...options, render });
    },
  };
});

const RECORD = {
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  key: { event_id: "l-1" },
  identifiers: [{ type: "email", value: "lead@example.test" }],
};

function options(transport: NonNullable<DestinationOptions["transport"]>): DestinationOptions {
  return {
    mapping: "events",
    env: {},
    clock: () => Date.parse("2026-04-30T12:00:00Z"),
    config: { adAccountId: "1", pixelId: "2", actionSource: "website" },
    credentials: { accessToken: () => "token" },
    transport,
  };
}

beforeEach(() => {
  Object.assign(plannings, { started: 0, rendered: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the planner", () => {
  it("runs once, and renders each record once, through sending", async () => {
    const meta = await loadDestination(
      "retl/meta",
      options(() => Promise.resolve(Response.json({ events_received: 1 }))),
    );
    const result = await meta.deliver([RECORD]);
    expect(result.status).toBe("succeeded");
    expect(plannings).toEqual({ started: 1, rendered: 1 });
  });

  it("runs once through a transport failure, however often the request is tried", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const meta = await loadDestination(
      "retl/meta",
      options(() => Promise.reject(new TypeError("fetch failed"))),
    );
    const delivering = meta.deliver([RECORD]);
    await vi.runAllTimersAsync();
    expect(await delivering).toMatchObject({ status: "failed", requests: { attempts: 6 } });
    expect(plannings).toEqual({ started: 1, rendered: 1 });
  });

  it("runs once for an empty plan", async () => {
    const meta = await loadDestination(
      "retl/meta",
      options(() => Promise.reject(new Error("nothing is there to send"))),
    );
    const result = await meta.deliver([]);
    expect(result).toMatchObject({ status: "succeeded", records: { read: 0 } });
    expect(plannings).toEqual({ started: 1, rendered: 0 });
  });
});
