import { describe, expect, it } from "vitest";
import { guardStop, type RemovalGuard } from "../../src/reconcile/removal-guard.js";
import type { RowCounts } from "../../src/store/members.js";

const ROWS: RowCounts = {
  held: 1_000,
  wanted: 700,
  removals: 0,
  additions: 0,
  removedByChange: 0,
  kept: 0,
  refusedRemovals: 0,
  refusedAdditions: 0,
};

function stop(rows: Partial<RowCounts>, guard: Partial<RemovalGuard> = {}, left = 0) {
  const members = { joined: 0, moved: 0, changed: 0, repeated: 0, unchanged: 0, left };
  return guardStop(
    { target: "VIP", audienceId: "1", members, rows: { ...ROWS, ...rows } },
    { percent: 30, isAllowed: false, ...guard },
  );
}

describe("the removal guard", () => {
  it("lets a share of an audience go", () => {
    expect(stop({ removals: 300 })).toBeUndefined();
    expect(stop({ removals: 10 }, { percent: 1 })).toBeUndefined();
  });

  it("stops a larger one, and tells who left from whose rows changed", () => {
    expect(stop({ removals: 1_305, held: 4_000, removedByChange: 1_200 }, {}, 105)).toBe(
      '1,305 of 4,000 rows (32.6 %) would be removed, and `removal_guard` lets 30 % go at once. 105 members left; 1,200 rows of members who stay would be replaced. If that is right, run again with `--allow-removals "VIP"`; if not, look at the source and the mapping.',
    );
  });

  it("does not look at the shares of a small audience", () => {
    expect(stop({ held: 99, removals: 98, wanted: 1 })).toBeUndefined();
    expect(stop({ held: 100, removals: 31, wanted: 69 })).toBeDefined();
  });

  it("stops an audience of any size from being emptied", () => {
    expect(stop({ held: 1, removals: 1, wanted: 0 }, {}, 1)).toBe(
      '1 of 1 row (100 %) would be removed, and the source wants nobody in it any more. 1 member left; 0 rows of members who stay would be replaced. If that is right, run again with `--allow-removals "VIP"`; if not, look at the source and the mapping.',
    );
    expect(stop({ removals: 1_000, wanted: 0 }, { percent: 100 })).toBeDefined();
  });

  it("has nothing to say where nothing is removed", () => {
    expect(stop({ wanted: 0 })).toBeUndefined();
  });

  it("lets everything pass when it is off, or was told to", () => {
    const rows = { removals: 1_000, wanted: 0 };
    expect(stop(rows, { percent: undefined })).toBeUndefined();
    expect(stop(rows, { isAllowed: true })).toBeUndefined();
  });
});
