import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RepeatedValues } from "../../../src/checks/match-quality/repeated-values.js";

function repeatedOf(values: Iterable<string>): RepeatedValues {
  const repeated = new RepeatedValues();
  for (const value of values) repeated.add(value);
  return repeated;
}

/** As many different values as a source has people. */
function* people(count: number): Generator<string> {
  for (let person = 0; person < count; person += 1) yield `person ${String(person)}`;
}

describe("values that occur often", () => {
  it("are counted exactly while there are few", () => {
    const repeated = repeatedOf(["a", "b", "a", "c", "a", "b"]);
    expect(repeated.from(2)).toEqual({ values: 2, occurrences: 5 });
    expect(repeated.from(3)).toEqual({ values: 1, occurrences: 3 });
    expect(repeated.from(4)).toEqual({ values: 0, occurrences: 0 });
  });

  it("are found among more values than are watched, and never with more than they have", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 300, max: 2_000 }), { maxLength: 4 }),
        fc.integer({ min: 5_000, max: 20_000 }),
        fc.boolean(),
        (often, others, first) => {
          const shared = often.flatMap((count, at) =>
            Array.from({ length: count }, () => `shared ${String(at)}`),
          );
          const all = first ? [...shared, ...people(others)] : [...people(others), ...shared];
          const repeated = repeatedOf(all);
          const lost = Math.floor(all.length / 4_097);
          const truth = often.reduce((sum, count) => sum + count, 0);
          const { values, occurrences } = repeated.from(300 - lost);
          expect(values).toBe(often.length);
          expect(occurrences).toBeLessThanOrEqual(truth);
          expect(occurrences).toBeGreaterThanOrEqual(truth - lost * often.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("are none where all are different, however many there are", () => {
    expect(repeatedOf(people(100_000)).from(2)).toEqual({ values: 0, occurrences: 0 });
  });
});
