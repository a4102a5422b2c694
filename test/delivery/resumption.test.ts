import { describe, expect, it } from "vitest";
import { Resumption, type Resumed, type ResumptionOptions } from "../../src/delivery/resumption.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { GivenUp, LanePosition, LaneQuestion } from "../../src/store/ledger.js";
import { event, NOW, person, planned } from "./entries.js";

const RUN = {
  runId: 7,
  sync: "records:test",
  previousStart: NOW - 1_000,
  past: undefined,
  operation: "upsert",
} as const;

/** The requests of a lane: somebody is added, removed and added again. */
const REQUESTS = [
  planned([person("a")]).request,
  planned([person("a", "remove")]).request,
  planned([person("a")]).request,
];

/** The requests of a lane that only adds. */
const ADDINGS = ["a", "b", "c"].map((name) => planned([person(name)]).request);

type Standing = LanePosition["standing"];

/** What an earlier run did at each position, of a lane that adds and removes; what is missing was never sent. */
function earlier(...standings: readonly (Standing | "unsent")[]): readonly LanePosition[] {
  return laneOf(REQUESTS, standings);
}

/** The same of a lane that only adds. */
function added(...standings: readonly (Standing | "unsent")[]): readonly LanePosition[] {
  return laneOf(ADDINGS, standings);
}

function laneOf(
  requests: readonly RequestPlan[],
  standings: readonly (Standing | "unsent")[],
): readonly LanePosition[] {
  return standings.map((standing, position) => ({
    position,
    fingerprint: requests[position]?.fingerprint ?? "",
    operation: requests[position]?.operation ?? "upsert",
    batchId: `6-${String(position + 1)}`,
    standing: standing === "unsent" ? "open" : standing,
    hasRefused: standing === "refused",
    sent: standing !== "unsent",
    countsFrom: standing === "open" || standing === "unsent" ? undefined : NOW + position,
  }));
}

/** What an operator gave up. */
function givenUpIn(lane: readonly LanePosition[]): readonly GivenUp[] {
  return lane.flatMap(({ position, fingerprint, standing, countsFrom: settledAt = 0 }) =>
    standing === "skipped" ? [{ position, fingerprint, settledAt }] : [],
  );
}

function options(
  lane: readonly LanePosition[],
  more: Partial<ResumptionOptions> = {},
): ResumptionOptions {
  return {
    run: RUN,
    ledger: { lane: () => Promise.resolve({ positions: lane, givenUp: givenUpIn(lane) }) },
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
    by.push(told(await resumption.follow(request, position)));
  return by;
}

/** `undefined` for one that is sent. */
function told(resumed: Resumed): string | undefined {
  if (resumed.kind === "send") return undefined;
  return resumed.kind === "carried" ? resumed.by : resumed.kind;
}

describe("a run over the same records, of which some were added and some removed", () => {
  it.each<[string, readonly (Standing | "unsent")[], readonly (string | undefined)[]]>([
    ["nothing was done before", [], [undefined, undefined, undefined]],
    [
      "the last was not acknowledged",
      ["resolved", "resolved", "open"],
      ["meta", "meta", undefined],
    ],
    ["the last was never sent", ["resolved", "resolved", "unsent"], ["meta", "meta", undefined]],
    ["an operator gave one up", ["resolved", "skipped", "open"], ["meta", "operator", undefined]],
  ])("goes on where %s", async (_, standings, by) => {
    expect(await carriers(options(earlier(...standings)))).toEqual(by);
  });

  it.each<[string, readonly (Standing | "unsent")[]]>([
    ["it came to its end: there may be fewer this time", ["resolved", "resolved", "resolved"]],
    ["one before the last was not acknowledged", ["resolved", "open", "resolved"]],
    ["of one before the last some was refused", ["resolved", "refused", "resolved"]],
    ["of the last some was refused, and will be left out", ["resolved", "refused", "unsent"]],
  ])("sends all of a lane again when %s", async (_, standings) => {
    expect(await carriers(options(earlier(...standings)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("leaves out what an operator gave up from a lane that it sends again", async () => {
    const lane = earlier("resolved", "skipped", "resolved");
    expect(await carriers(options(lane))).toEqual([undefined, "operator", undefined]);
  });

  it("asks for its own lane, once", async () => {
    const asked: unknown[] = [];
    const ledger = {
      lane: (question: LaneQuestion) => {
        asked.push(question);
        return Promise.resolve({ positions: earlier("resolved", "resolved"), givenUp: [] });
      },
    };
    await carriers(options([], { ledger }));
    expect(asked).toEqual([
      { sync: "records:test", target: "VIP", path: REQUESTS[0]?.path, runId: 7 },
    ]);
  });

  it("keeps the instant from which the request counts", async () => {
    const resumption = new Resumption(options(earlier("skipped", "open")));
    const [first] = REQUESTS;
    if (first === undefined) throw new Error("there are three");
    expect(await resumption.follow(first, 0)).toEqual({
      kind: "carried",
      by: "operator",
      countsFrom: NOW,
    });
  });
});

describe("a run over records that only add", () => {
  const [first, second, third] = ADDINGS;
  const other = planned([person("d")]).request;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("there are three");

  it("passes over each request that was acknowledged, whatever became of the others", async () => {
    const lane = added("resolved", "open", "resolved");
    expect(await carriers(options(lane), ADDINGS)).toEqual(["meta", undefined, "meta"]);
    expect(await carriers(options(added("resolved", "resolved")), ADDINGS)).toEqual([
      "meta",
      "meta",
      undefined,
    ]);
  });

  it("sends everything from the first request on that differs", async () => {
    const lane = added("resolved", "resolved", "resolved");
    expect(await carriers(options(lane), [first, other, third])).toEqual([
      "meta",
      undefined,
      undefined,
    ]);
  });

  it("sends again a request of which some was refused: its rejects may have been retried", async () => {
    expect(await carriers(options(added("refused", "resolved")), [first, second])).toEqual([
      undefined,
      "meta",
    ]);
  });

  it("may do so over a lane whose removals were never sent", async () => {
    expect(await carriers(options(earlier("resolved", "unsent")), REQUESTS.slice(0, 1))).toEqual([
      "meta",
    ]);
  });
});

describe("a lane that adds and removes and did not come to its end", () => {
  const [add, remove] = REQUESTS;
  const other = planned([person("b", "remove")]).request;
  if (add === undefined || remove === undefined) throw new Error("there are three");

  /** What becomes of the requests, and whether what was passed over is certain in the end. */
  async function followed(lane: readonly LanePosition[], requests: readonly RequestPlan[]) {
    const resumption = new Resumption(options(lane));
    const of = [];
    for (const [position, request] of requests.entries())
      of.push(told(await resumption.follow(request, position)));
    return { of, certain: resumption.isCertain() };
  }

  it("is certain of what it passes over once it comes to the last that was sent", async () => {
    const lane = earlier("resolved", "open", "unsent");
    expect(await followed(lane, [add])).toEqual({ of: ["meta"], certain: false });
    expect(await followed(lane, [add, remove])).toEqual({ of: ["meta", undefined], certain: true });
  });

  it("stops where the records differ from those that may have been sent", async () => {
    const lane = earlier("resolved", "open", "unsent");
    expect(await followed(lane, [add, other, add])).toEqual({
      of: ["meta", "differs", "differs"],
      certain: false,
    });
  });

  it("may differ where nothing was sent any more", async () => {
    const lane = earlier("resolved", "open", "unsent");
    expect(await followed(lane, [add, remove, other])).toEqual({
      of: ["meta", undefined, undefined],
      certain: true,
    });
  });

  it("is certain of what an operator gave up, whatever follows", async () => {
    const lane = laneOf([add, remove, add], ["skipped", "open", "unsent"]);
    expect(await followed(lane, [add, other])).toEqual({
      of: ["operator", undefined],
      certain: true,
    });
  });
});

describe("what an operator gave up", () => {
  const word = (position: number, request: RequestPlan | undefined): GivenUp => ({
    position,
    fingerprint: request?.fingerprint ?? "",
    settledAt: NOW,
  });

  /** Of a lane whose latest run knows nothing of it. */
  function withWord(given: GivenUp, lane: readonly LanePosition[] = []) {
    return { lane: () => Promise.resolve({ positions: lane, givenUp: [given] }) };
  }

  it("is left out whatever the latest run of the lane came to, and whatever is trusted", async () => {
    const ledger = withWord(word(1, REQUESTS[1]), earlier("open"));
    const trustedSince = () => Promise.resolve(Infinity);
    expect(await carriers(options([], { ledger, trustedSince }))).toEqual([
      undefined,
      "operator",
      undefined,
    ]);
  });

  it("is left out at its place only: the same request elsewhere is another one", async () => {
    const ledger = withWord(word(0, REQUESTS[0]));
    expect(await carriers(options([], { ledger }))).toEqual(["operator", undefined, undefined]);
  });

  it("is sent when it has changed", async () => {
    const ledger = withWord(word(0, REQUESTS[1]));
    expect(await carriers(options([], { ledger }))).toEqual([undefined, undefined, undefined]);
  });

  it("does not make certain what was passed over before it", async () => {
    const [add] = REQUESTS;
    const other = planned([person("b")]).request;
    if (add === undefined) throw new Error("there are three");
    const ledger = withWord(word(1, other), earlier("resolved", "open"));
    expect(await carriers(options([], { ledger }), [add, other])).toEqual(["meta", "differs"]);
  });
});

describe("an acknowledgement", () => {
  it("counts only since its target is trusted", async () => {
    const lane = added("resolved", "resolved", "resolved");
    const since = (at: number) => options(lane, { trustedSince: () => Promise.resolve(at) });
    expect(await carriers(since(NOW), ADDINGS)).toEqual(["meta", "meta", "meta"]);
    expect(await carriers(since(NOW + 2), ADDINGS)).toEqual([undefined, undefined, "meta"]);
  });

  it("does not count when all is to be sent again", async () => {
    const lane = added("resolved", "resolved", "resolved");
    expect(await carriers(options(lane, { resume: false }), ADDINGS)).toEqual(
      ADDINGS.map(() => undefined),
    );
  });

  it("of events is known by each event's key, and nobody asks for their lane", async () => {
    const ledger = { lane: () => Promise.reject(new Error("nobody asked")) };
    const { request } = planned([event("a")]);
    expect(await carriers(options([], { ledger }), [request])).toEqual([undefined]);
  });
});
