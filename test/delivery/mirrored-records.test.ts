/** Counting records of which each request carries single rows. */
import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/cli/exit-codes.js";
import { NO_REJECTIONS } from "../../src/cli/options.js";
import type { Delivered } from "../../src/delivery/delivered.js";
import { MirroredRecords } from "../../src/delivery/mirrored-records.js";
import { ResultCounter } from "../../src/delivery/result-counter.js";
import { newRunResult, type RunResult } from "../../src/delivery/run-result.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { MemberCounts } from "../../src/store/members.js";
import { person, planned } from "./entries.js";
import { failed, succeeded } from "./outcomes.js";

const NOBODY = { joined: 0, moved: 0, changed: 0, repeated: 0, unchanged: 0, left: 0 };
const ROWS = {
  ...{ held: 9, wanted: 9, additions: 0, removedByChange: 0, kept: 0 },
  ...{ refusedRemovals: 0, refusedAdditions: 0 },
};

function staged(records: number, ...settled: readonly string[]): Delivered {
  return {
    kind: "staged",
    records,
    settled: settled.map((identity) => ({ target: "VIP", identity })),
  };
}

function compared(members: Partial<MemberCounts>, removals = 0, target = "VIP"): Delivered {
  const audience = {
    target,
    audienceId: "1",
    mayShrinkTo: undefined,
    members: { ...NOBODY, ...members },
    rows: { ...ROWS, removals },
  };
  return { kind: "compared", audience };
}

/** A request with a row of each of these. */
function rows(identities: readonly string[], operation: "upsert" | "remove" = "upsert") {
  return planned(identities.map((identity) => person(identity, operation))).request;
}

function settled(
  request: RequestPlan,
  state: "succeeded" | "unknown" | "failed" = "succeeded",
): Delivered {
  const outcome = state === "succeeded" ? succeeded(request) : failed(request, "unknown");
  return { kind: "settled", request, state, outcome, rejects: [], unnamed: 0 };
}

function sent(request: RequestPlan, end: Delivered): readonly Delivered[] {
  return [{ kind: "planned", request }, end];
}

const REJECT = {
  scope: "VIP",
  itemId: "1",
  contentDigest: "2",
  operation: "upsert",
  identity: "a",
  code: "malformed",
  field: "",
  message: "no",
} as const;

/** Meta refused it before. */
function refused(identity: string): Delivered {
  const rejection = { identity, code: "refused", field: "", message: "" } as const;
  return { kind: "rejection", rejection, standing: true };
}

function resultOf(items: readonly Delivered[], dryRun = false): RunResult {
  const result = newRunResult("custom_audiences", dryRun, emptyTally());
  const counter = new ResultCounter(result, new MirroredRecords(result, "mirror"));
  for (const item of items) counter.delivered(item);
  return counter.finish();
}

describe("a record of a mirror", () => {
  it("is as well as the worst of its rows", () => {
    const both = rows(["a", "b"]);
    const again = rows(["a", "c"]);
    const items = [
      staged(3),
      compared({ joined: 3 }),
      ...sent(both, settled(both)),
      ...sent(again, settled(again, "unknown")),
    ];
    expect(resultOf(items)).toMatchObject({
      status: "partially_succeeded",
      records: { read: 3, acknowledged: 1, unknown: 2 },
    });
  });

  it("is rejected once, whichever of its rows Meta refused", () => {
    const request = rows(["a", "a", "b"]);
    const end = { ...settled(request), rejects: [REJECT, { ...REJECT, itemId: "3" }] };
    const result = resultOf([staged(2), compared({ joined: 2 }), ...sent(request, end)]);
    expect(result).toMatchObject({ records: { read: 2, acknowledged: 1, rejected: 1 } });
    expect(result.rejections).toEqual(new Map([["refused", 1]]));
  });

  it("is not sent as long as its audience was not compared", () => {
    const failure = { stops: "target", code: "target.several", message: "two" } as const;
    const unreached = { kind: "unreached", target: "Other", failure } as const;
    expect(resultOf([staged(5), compared({ unchanged: 2 }), unreached])).toMatchObject({
      status: "failed",
      records: { read: 5, unchanged: 2, notSent: 3 },
      failures: [{ target: "Other", summary: "two" }],
    });
  });

  it("is not sent, or unchanged, in an audience that was guarded", () => {
    const guarded = { kind: "guarded", target: "VIP", because: "too much" } as const;
    const items = [staged(5), compared({ joined: 1, unchanged: 4, left: 9 }, 7), guarded];
    expect(resultOf(items)).toMatchObject({
      status: "failed",
      records: { read: 5, unchanged: 4, notSent: 1 },
      mirror: { openRemovals: 7, audiences: [{ guarded: "too much" }] },
    });
  });

  it("is told in each of its rows where a source that lists it twice is not compared", () => {
    expect(resultOf([staged(4, "a", "a"), refused("a"), refused("a")])).toMatchObject({
      records: { read: 4, rejected: 2, notSent: 2 },
    });
  });

  it("that was refused before is that, whether another of its rows is sent or not", () => {
    const request = rows(["a", "c"]);
    const items = [
      staged(4, "a", "b"),
      refused("a"),
      refused("b"),
      compared({ changed: 2, unchanged: 2 }),
      ...sent(request, settled(request, "unknown")),
    ];
    expect(resultOf(items)).toMatchObject({
      records: { read: 4, rejected: 2, unknown: 1, unchanged: 1, acknowledged: 0 },
      standingRejections: 2,
    });
  });

  it("that was refused before is news once Meta refuses another of its rows", async () => {
    const request = rows(["a", "a"]);
    const end = { ...settled(request), rejects: [REJECT, { ...REJECT, itemId: "3" }] };
    const items = [staged(2, "a"), refused("a"), compared({ changed: 1, unchanged: 1 })];
    const result = resultOf([...items, ...sent(request, end)]);
    expect(result).toMatchObject({
      records: { read: 2, rejected: 1, unchanged: 1 },
      standingRejections: 0,
    });
    expect(await exitCodeOf(result, NO_REJECTIONS)).toBe(1);
  });

  it.each(["unknown", "failed"] as const)(
    "that was refused does not hide that another of its rows is %s",
    (state) => {
      const first = rows(["a"]);
      const second = rows(["a"]);
      const begun = [staged(2, "a"), refused("a"), compared({ changed: 1, unchanged: 1 })];
      expect(resultOf([...begun, ...sent(second, settled(second, state))])).toMatchObject({
        status: "failed",
        records: { rejected: 1, [state]: 0 },
        mirror: { openAdditions: 1 },
      });
      const now = { ...settled(first), rejects: [REJECT] };
      const items = [staged(1), compared({ joined: 1 }), ...sent(first, now)];
      expect(resultOf([...items, ...sent(second, settled(second, state))])).toMatchObject({
        status: "partially_succeeded",
        records: { rejected: 1, [state]: 0 },
        mirror: { openAdditions: 1 },
      });
    },
  );

  it("is planned by a dry run", () => {
    expect(resultOf([staged(3), compared({ joined: 2, unchanged: 1 })], true)).toMatchObject({
      records: { read: 3, planned: 2, unchanged: 1, acknowledged: 0 },
    });
  });
});

describe("a removal of a mirror", () => {
  it("is no record, and keeps the run from being well while it is open", () => {
    const request = rows(["gone", "left"], "remove");
    const items = [staged(1), compared({ unchanged: 1, left: 2 }, 2)];
    expect(resultOf([...items, ...sent(request, settled(request))])).toMatchObject({
      status: "succeeded",
      records: { read: 1, unchanged: 1 },
      mirror: { openRemovals: 0 },
    });
    expect(resultOf([...items, ...sent(request, settled(request, "unknown"))])).toMatchObject({
      status: "failed",
      records: { read: 1, unchanged: 1, unknown: 0 },
      mirror: { openRemovals: 2 },
    });
    const entries = [person("gone", "remove")];
    const batch = {
      surface: "custom_audiences",
      operation: "remove",
      target: "VIP",
      entries,
    } as const;
    expect(resultOf([...items, { kind: "left", batch }]).mirror?.openRemovals).toBe(1);
  });
});
