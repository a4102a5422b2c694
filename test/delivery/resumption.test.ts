import { describe, expect, it } from "vitest";
import { Resumption, type ResumptionOptions } from "../../src/delivery/resumption.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { LanePosition } from "../../src/store/ledger.js";
import { event, NOW, person, planned } from "./entries.js";

const RUN = {
  runId: 7,
  sync: "records:test",
  previousStart: NOW - 1_000,
  operation: "upsert",
} as const;

/** The requests of a lane: somebody is added, removed and added again. */
const REQUESTS = [
  planned([person("a")]).request,
  planned([person("a", "remove")]).request,
  planned([person("a")]).request,
];

/** What an earlier run did at each position. */
function earlier(...standings: readonly LanePosition["standing"][]): readonly LanePosition[] {
  return standings.map((standing, position) => ({
    position,
    fingerprint: REQUESTS[position]?.fingerprint ?? "",
    operation: REQUESTS[position]?.operation ?? "upsert",
    batchId: `6-${String(position + 1)}`,
    standing,
    settledAt: standing === "open" ? undefined : NOW + position,
  }));
}

function options(
  lane: readonly LanePosition[],
  more: Partial<ResumptionOptions> = {},
): ResumptionOptions {
  return {
    run: RUN,
    ledger: { lane: () => Promise.resolve(lane) },
    resume: true,
    trustedSince: () => Promise.resolve(0),
    ...more,
  };
}

/** Who carried each request of a lane, position by position. */
async function carriers(given: ResumptionOptions, requests: readonly RequestPlan[] = REQUESTS) {
  const resumption = new Resumption(given);
  const by = [];
  for (const [position, request] of requests.entries())
    by.push((await resumption.carriedBy(request, position))?.by);
  return by;
}

describe("a run over the same records", () => {
  it.each([
    ["nothing was done before", [], [undefined, undefined, undefined]],
    ["all was acknowledged", ["resolved", "resolved", "resolved"], ["meta", "meta", "meta"]],
    ["the last was not", ["resolved", "resolved", "open"], ["meta", "meta", undefined]],
    ["the middle one was not", ["resolved", "open", "resolved"], ["meta", undefined, undefined]],
    ["an operator skipped it", ["resolved", "skipped", "open"], ["meta", "operator", undefined]],
    ["the run ended before the last", ["resolved", "resolved"], ["meta", "meta", undefined]],
  ] as const)("goes on where %s", async (_, standings, by) => {
    expect(await carriers(options(earlier(...standings)))).toEqual(by);
  });

  it("sends everything from the first request on that differs", async () => {
    const lane = earlier("resolved", "resolved", "resolved");
    const [first, , third] = REQUESTS;
    const other = planned([person("b", "remove")]).request;
    if (first === undefined || third === undefined) throw new Error("there are three");
    expect(await carriers(options(lane), [first, other, third])).toEqual([
      "meta",
      undefined,
      undefined,
    ]);
  });

  it("keeps the instant at which the request that counts was settled", async () => {
    const resumption = new Resumption(options(earlier("skipped")));
    const [first] = REQUESTS;
    if (first === undefined) throw new Error("there are three");
    expect(await resumption.carriedBy(first, 0)).toEqual({ by: "operator", settledAt: NOW });
  });

  it("asks for its own lane, once", async () => {
    const asked: unknown[] = [];
    const ledger = {
      lane: (...of: readonly unknown[]) => {
        asked.push(of);
        return Promise.resolve(earlier("resolved", "resolved", "resolved"));
      },
    };
    await carriers(options([], { ledger }));
    expect(asked).toEqual([["records:test", "VIP", 7]]);
  });
});

describe("what was passed over", () => {
  const lane = earlier("resolved", "resolved").slice(0, 2);

  it("may have been undone when fewer records come than the run before went on with", async () => {
    const resumption = new Resumption(options(lane));
    const [first] = REQUESTS;
    if (first === undefined) throw new Error("there are three");
    await resumption.carriedBy(first, 0);
    expect(resumption.isUndone()).toBe(true);
  });

  it("stands when this run follows the one before to its end", async () => {
    const resumption = new Resumption(options(lane));
    for (const [position, request] of REQUESTS.entries())
      await resumption.carriedBy(request, position);
    expect(resumption.isUndone()).toBe(false);
  });
});

describe("an acknowledgement", () => {
  it("counts only since its target is trusted", async () => {
    const lane = earlier("resolved", "resolved", "resolved");
    const since = (at: number) => options(lane, { trustedSince: () => Promise.resolve(at) });
    expect(await carriers(since(NOW))).toEqual(["meta", "meta", "meta"]);
    expect(await carriers(since(NOW + 1))).toEqual([undefined, undefined, undefined]);
  });

  it("does not count when all is to be sent again", async () => {
    const lane = earlier("resolved", "resolved", "resolved");
    expect(await carriers(options(lane, { resume: false }))).toEqual(REQUESTS.map(() => undefined));
  });

  it("of an operator needs no trust", async () => {
    const trustedSince = () => Promise.resolve(Infinity);
    expect(await carriers(options(earlier("skipped", "resolved"), { trustedSince }))).toEqual([
      "operator",
      undefined,
      undefined,
    ]);
  });

  it("of events is known by each event's key, and nobody asks for their lane", async () => {
    const ledger = { lane: () => Promise.reject(new Error("nobody asked")) };
    const { request } = planned([event("a")]);
    expect(await carriers(options([], { ledger }), [request])).toEqual([undefined]);
  });
});
