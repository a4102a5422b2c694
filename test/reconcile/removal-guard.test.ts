import { describe, expect, it } from "vitest";
import { guardRemovals, type RemovalGuard } from "../../src/reconcile/removal-guard.js";
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

function verdict(
  rows: Partial<RowCounts>,
  guard: Partial<RemovalGuard> = {},
  { left = 0, mayShrinkTo }: { readonly left?: number; readonly mayShrinkTo?: number } = {},
) {
  const members = { joined: 0, moved: 0, changed: 0, repeated: 0, unchanged: 0, left };
  const audience = { target: "VIP", audienceId: "1", members, rows: { ...ROWS, ...rows } };
  return guardRemovals({ ...audience, mayShrinkTo }, { percent: 30, isAllowed: false, ...guard });
}

function stop(rows: Partial<RowCounts>, guard: Partial<RemovalGuard> = {}, left = 0) {
  return verdict(rows, guard, { left }).because;
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

  it("notes how far somebody let an audience shrink, where it had something to say", () => {
    const allowed = { isAllowed: true };
    expect(verdict({ removals: 700, kept: 100 }, allowed).mayShrinkTo).toBe(200);
    expect(verdict({ removals: 200 }, allowed).mayShrinkTo).toBeUndefined();
    expect(verdict({ removals: 700 }).mayShrinkTo).toBeUndefined();
  });

  it("lets pass what is left of a removal that was allowed, and no more than its share beyond", () => {
    const before = { mayShrinkTo: 200 };
    const passed = { because: undefined, mayShrinkTo: 200 };
    expect(verdict({ held: 500, removals: 300 }, {}, before)).toEqual(passed);
    expect(verdict({ held: 500, removals: 360 }, {}, before)).toEqual(passed);
    expect(verdict({ held: 500, removals: 361 }, {}, before).because).toMatch(/^361 of 500 rows/);
    expect(verdict({ held: 500, removals: 500, wanted: 0 }, {}, before).because).toBeDefined();
    expect(verdict({ held: 9, removals: 9, wanted: 0 }, {}, { mayShrinkTo: 0 })).toEqual({
      because: undefined,
      mayShrinkTo: 0,
    });
  });

  it("forgets what was allowed once that is not needed any more", () => {
    const before = { mayShrinkTo: 200 };
    expect(verdict({ held: 250, removals: 50 }, {}, before).mayShrinkTo).toBeUndefined();
    expect(verdict({ held: 900, removals: 0 }, {}, before).mayShrinkTo).toBeUndefined();
  });
});
