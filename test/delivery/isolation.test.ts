import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Isolation } from "../../src/delivery/isolation.js";

/** What Meta says to a group. */
type Verdict =
  | "accepted"
  | "unresolved"
  /** Refused; the named records are those that it names. */
  | { readonly refused: readonly string[] };

interface Search {
  /** The groups in the order in which they were sent, each with what came of it. */
  readonly groups: readonly string[];
  readonly accepted: readonly string[];
  readonly alone: readonly string[];
  readonly remaining: readonly string[];
}

interface Conditions {
  /** Whom Meta named when it refused the batch. */
  readonly blamed?: readonly string[];
  /** Whether the lane has had no success yet. */
  readonly cautious?: boolean;
  readonly requests?: number;
}

/** Searches a refused batch until the search is over, or for so many requests. */
function search(
  batch: readonly string[],
  answer: (group: readonly string[]) => Verdict,
  { blamed = [], cautious = false, requests = Infinity }: Conditions = {},
): Search {
  const accepted: string[] = [];
  const alone: string[] = [];
  const groups: string[] = [];
  const isolation = new Isolation(batch, blamed, () => cautious && accepted.length === 0);
  while (groups.length < requests) {
    const group = isolation.next();
    if (group === undefined) break;
    const verdict = answer(group);
    groups.push(`${group.join("")} ${typeof verdict === "string" ? verdict : "refused"}`);
    if (verdict === "unresolved") isolation.unresolved();
    else if (verdict === "accepted") {
      isolation.accepted();
      accepted.push(...group);
    } else {
      if (group.length === 1) alone.push(...group);
      isolation.refused(verdict.refused);
    }
  }
  return { groups, accepted, alone, remaining: isolation.remaining() };
}

const LETTERS = "abcdefgh".split("");

/** A Meta that refuses any group with one of these, and names nobody. */
function refusing(...bad: readonly string[]) {
  return (group: readonly string[]): Verdict =>
    group.some((one) => bad.includes(one)) ? { refused: [] } : "accepted";
}

describe("the search for the bad records of a refused batch", () => {
  it("finds the one bad record in the first half without sending the other half alone", () => {
    expect(search(LETTERS, refusing("b")).groups).toEqual([
      "abcd refused",
      "ab refused",
      "a accepted",
      "b refused",
      "cdefgh accepted",
    ]);
  });

  it("knows the other half of a known-bad group as bad once one half is taken", () => {
    expect(search(LETTERS, refusing("g")).groups).toEqual([
      "abcd accepted",
      "ef accepted",
      "g refused",
      "h accepted",
    ]);
  });

  it("sends what was never tried as one group, and searches it only if it is refused", () => {
    expect(search(LETTERS, refusing("a", "h")).groups).toEqual([
      "abcd refused",
      "ab refused",
      "a refused",
      "bcdefgh refused",
      "bcd accepted",
      "ef accepted",
      "g accepted",
      "h refused",
    ]);
  });

  it("tries the record that Meta named first", () => {
    expect(search(LETTERS, refusing("f"), { blamed: ["f"] }).groups).toEqual([
      "f refused",
      "abcdegh accepted",
    ]);
  });

  it("tries each record that Meta named, and searches on where it names others", () => {
    const named = (group: readonly string[]): Verdict => {
      const bad = group.filter((one) => "cf".includes(one));
      return bad.length === 0 ? "accepted" : { refused: bad.slice(0, 1) };
    };
    expect(search(LETTERS, named, { blamed: ["c"] }).groups).toEqual([
      "c refused",
      "abdefgh refused",
      "f refused",
      "abdegh accepted",
    ]);
  });

  it("searches by halves when Meta named the wrong record", () => {
    expect(search(LETTERS, refusing("h"), { blamed: ["a", "b"] }).groups).toEqual([
      "a accepted",
      "b accepted",
      "cde accepted",
      "f accepted",
      "g accepted",
      "h refused",
    ]);
  });

  it("tries the record after a bad one alone as long as nothing was ever taken", () => {
    const all = refusing(...LETTERS);
    expect(search(LETTERS, all, { cautious: true }).groups).toEqual([
      "abcd refused",
      "ab refused",
      "a refused",
      "b refused",
      "c refused",
      "d refused",
      "e refused",
      "f refused",
      "g refused",
      "h refused",
    ]);
  });

  it("is cautious no longer once something was taken", () => {
    expect(search(LETTERS, refusing("a", "c"), { cautious: true }).groups).toEqual([
      "abcd refused",
      "ab refused",
      "a refused",
      "b accepted",
      "cdefgh refused",
      "cde refused",
      "c refused",
      "defgh accepted",
    ]);
  });

  it("ends when the refusal of the batch was a mistake", () => {
    expect(search(LETTERS, () => "accepted")).toEqual({
      groups: ["abcd accepted", "ef accepted", "g accepted", "h accepted"],
      accepted: LETTERS,
      alone: [],
      remaining: [],
    });
  });

  it("leaves a group alone of which nobody knows what Meta thinks, and tries the rest afresh", () => {
    const lost = (group: readonly string[]): Verdict =>
      group.includes("a") ? "unresolved" : "accepted";
    expect(search(LETTERS, lost)).toEqual({
      groups: ["abcd unresolved", "efgh accepted"],
      accepted: ["e", "f", "g", "h"],
      alone: [],
      remaining: [],
    });
  });

  it("tells what it has not come to when it is broken off", () => {
    const broken = search(LETTERS, refusing("b"), { requests: 3 });
    expect(broken.groups).toEqual(["abcd refused", "ab refused", "a accepted"]);
    expect(broken.remaining).toEqual(["b", "c", "d", "e", "f", "g", "h"]);
  });

  it("has nothing left of a batch that it has not begun, but all of it", () => {
    expect(search(LETTERS, refusing(), { requests: 0 }).remaining).toEqual(LETTERS);
  });
});

/** A batch, and which of its records are bad. */
const batches = fc
  .integer({ min: 2, max: 1_000 })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      bad: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 12 }),
      /** Whether Meta names one of the bad, one of any, or nobody. */
      naming: fc.constantFrom("right", "anything", "nobody"),
      cautious: fc.boolean(),
      choice: fc.nat(),
    }),
  )
  .map(({ size, bad, naming, cautious, choice }) => {
    const all = Array.from({ length: size }, (_, index) => String(index));
    const isBad = new Set(bad.map(String));
    const blame = (group: readonly string[]): readonly string[] => {
      const pool = naming === "right" ? group.filter((one) => isBad.has(one)) : group;
      const named = pool[choice % Math.max(1, pool.length)];
      return naming === "nobody" || named === undefined ? [] : [named];
    };
    const answer = (group: readonly string[]): Verdict =>
      group.some((one) => isBad.has(one)) ? { refused: blame(group) } : "accepted";
    return { all, bad: [...isBad], answer, blamed: blame(all), cautious, naming };
  });

describe("for any bad records", () => {
  it("the search ends, finds exactly them, and sends each good one in exactly one accepted group", () => {
    fc.assert(
      fc.property(batches, ({ all, bad, answer, blamed, cautious }) => {
        const { accepted, alone, remaining } = search(all, answer, { blamed, cautious });
        expect([...alone].sort()).toEqual([...bad].sort());
        expect([...accepted, ...bad].sort()).toEqual([...all].sort());
        expect(remaining).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("needs no more than twelve further requests for each bad record in 1,000", () => {
    fc.assert(
      fc.property(batches, ({ all, bad, answer, blamed, naming }) => {
        fc.pre(naming !== "anything");
        const { groups } = search(all, answer, { blamed });
        expect(groups.length).toBeLessThanOrEqual(12 * bad.length);
      }),
      { numRuns: 300 },
    );
  });
});
