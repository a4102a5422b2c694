import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/core/outcome.js";
import { Items } from "../../src/delivery/items.js";
import { refusedRecords, unnamedRows } from "../../src/delivery/refused-records.js";
import type { Unit } from "../../src/delivery/unit.js";
import type { Entry } from "../../src/surfaces/entry.js";
import { event, person, planned } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded, throttled } from "./outcomes.js";

const items = new Items("salt", undefined);

function unitOf(...entries: readonly Entry[]): Unit {
  return { ...planned(entries), batchId: "1-1", parent: undefined, position: 0 };
}

/** The rejects of an outcome in short. */
function rejectsOf(unit: Unit, outcome: Outcome): readonly string[] {
  return refusedRecords(unit, outcome, items).map(
    ({ identity, code, message }) => `${identity} ${code}: ${message}`,
  );
}

describe("rows that Meta counted as malformed", () => {
  const people = [
    person("a", "upsert", ["cell-a", "cell-a2"]),
    person("b", "upsert", ["shared"]),
    person("c", "upsert", ["shared"]),
    person("d", "upsert", [7]),
    person("e", "upsert", ["cell-e"]),
  ];
  const unit = unitOf(...people);

  it("are joined by their cell to the records that they came from, however many these are", () => {
    const cells = new Map([
      ["cell-a2", "not hashed"],
      ["shared", "too short"],
      ["7", "no text"],
    ]);
    expect(rejectsOf(unit, inPart(unit.request, 4, cells))).toEqual([
      "a malformed: not hashed",
      "b malformed: too short",
      "c malformed: too short",
      "d malformed: no text",
    ]);
  });

  it("are kept with what identifies them, and with what was sent", () => {
    const [b] = people.slice(1);
    if (b === undefined) throw new Error("there is no second person");
    const { itemId, contentDigest } = items.of(b);
    const outcome = inPart(unit.request, 1, new Map([["shared", "too short"]]));
    expect(refusedRecords(unit, outcome, items)[0]).toEqual({
      scope: "VIP",
      itemId,
      contentDigest,
      operation: "upsert",
      identity: "b",
      code: "malformed",
      field: "",
      message: "too short",
    });
  });

  it("refuse no record where Meta names none, or one that nobody sent", () => {
    expect(rejectsOf(unit, inPart(unit.request, 2, new Map()))).toEqual([]);
    expect(rejectsOf(unit, inPart(unit.request, 1, new Map([["other", "bad"]])))).toEqual([]);
  });

  it.each([
    [3, {}, 3],
    [3, { shared: "too short" }, 1],
    [3, { "cell-a": "x", "cell-a2": "y", shared: "z" }, 0],
    [1, { shared: "too short" }, 0],
    [2, { other: "nobody sent it" }, 2],
  ])("of %i rows with the named cells %o, %i stay unnamed", (rejected, named, unnamed) => {
    const cells = new Map(Object.entries(named));
    expect(unnamedRows(unit, inPart(unit.request, rejected, cells))).toBe(unnamed);
  });

  it("are rejects one and all when no row was well-formed", () => {
    const pair = unitOf(person("a"), person("b"));
    const blame = { kind: "all", cells: new Map([["a", "not hashed"]]) } as const;
    const outcome = failed(pair.request, "record", { summary: "all malformed" }, blame);
    expect(rejectsOf(pair, outcome)).toEqual([
      "a malformed: not hashed",
      "b malformed: all malformed",
    ]);
    expect(unnamedRows(pair, outcome)).toBe(0);
  });
});

describe("a refusal", () => {
  it("is a record's own once it stands alone, with Meta's code and words", () => {
    const unit = unitOf(event("a"));
    expect(rejectsOf(unit, refused(unit.request))).toEqual(["a 100/2804050: It says too little."]);
  });

  it("has the summary for words, and a code without subcode, where Meta says no more", () => {
    const unit = unitOf(event("a"));
    const outcome = failed(unit.request, "record", { code: 100, summary: "It is invalid." });
    expect(rejectsOf(unit, outcome)).toEqual(["a 100: It is invalid."]);
  });

  it("of one record that is too large alone is that record's", () => {
    const unit = unitOf(person("a"));
    const outcome = failed(unit.request, "batch", { httpStatus: 413, summary: "too large" });
    expect(rejectsOf(unit, outcome)).toEqual(["a too_large: too large"]);
  });

  it("is nobody's while several records may be meant", () => {
    const unit = unitOf(event("a"), event("b"));
    expect(rejectsOf(unit, refused(unit.request, 0))).toEqual([]);
  });

  it("for any other cause is no record's", () => {
    const unit = unitOf(event("a"));
    const { request } = unit;
    const others = [
      failed(request, "request"),
      failed(request, "target"),
      failed(request, "account"),
      failed(request, "unknown"),
      throttled(request),
      neverConnected(request),
      succeeded(request),
    ];
    expect(others.flatMap((outcome) => rejectsOf(unit, outcome))).toEqual([]);
    expect(others.map((outcome) => unnamedRows(unit, outcome))).toEqual(others.map(() => 0));
  });
});
