import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backoff,
  DEFAULT_RETRY_POLICY,
  isThrottled,
  mayTryAgain,
  RepeatBudget,
} from "../../src/delivery/retry-policy.js";
import type { Outcome } from "../../src/core/outcome.js";
import { planned, events } from "./entries.js";
import { failed, succeeded, throttled } from "./outcomes.js";

const { request } = planned(events(1));
const LOST = failed(request, "unknown");
const THROTTLED = throttled(request);

function times(count: number, outcome: Outcome): readonly Outcome[] {
  return Array.from({ length: count }, () => outcome);
}

describe("the wait before another attempt", () => {
  it("is at most twice as long after each attempt, and never longer than the most", () => {
    const most = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempt) =>
      backoff(attempt, DEFAULT_RETRY_POLICY, () => 0.999_999),
    );
    expect(most).toEqual([999, 1999, 3999, 7999, 15_999, 31_999, 59_999, 59_999, 59_999]);
  });

  it("is anything between nothing and that", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const ms = backoff(attempt, { baseMs: 1_000, maxMs: 60_000 }, () => chance);
          const ceiling = Math.min(60_000, 1_000 * 2 ** (attempt - 1));
          expect(ms).toBe(Math.floor(chance * ceiling));
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThan(ceiling);
        },
      ),
    );
  });
});

describe("the number of attempts", () => {
  it.each([
    ["none yet", [], true],
    ["five lost answers", times(5, LOST), true],
    ["six lost answers", times(6, LOST), false],
    ["eleven throttled ones", times(11, THROTTLED), true],
    ["twelve throttled ones", times(12, THROTTLED), false],
    ["five lost and eleven throttled ones", [...times(5, LOST), ...times(11, THROTTLED)], true],
    ["six lost and one throttled", [...times(6, LOST), THROTTLED], false],
  ])("after %s leaves another one: %o", (_, attempts, again) => {
    expect(mayTryAgain(attempts, DEFAULT_RETRY_POLICY)).toBe(again);
  });

  it("tells throttled attempts from others by their class", () => {
    expect(
      [THROTTLED, LOST, failed(request, "transient"), succeeded(request)].map(isThrottled),
    ).toEqual([true, false, false, false]);
  });
});

describe("the repeats of a run", () => {
  function takeAll(budget: RepeatBudget): number {
    let taken = 0;
    while (taken < 1_000 && budget.take()) taken += 1;
    return taken;
  }

  it("end, however often they are asked for", () => {
    expect(takeAll(new RepeatBudget(3))).toBe(3);
  });

  it("are earned by successes, two for one", () => {
    const budget = new RepeatBudget(2);
    expect(takeAll(budget)).toBe(2);
    budget.earn();
    expect(takeAll(budget)).toBe(0);
    budget.earn();
    expect(takeAll(budget)).toBe(1);
  });

  it("are never more than at the start", () => {
    const budget = new RepeatBudget(2);
    for (let success = 0; success < 1_000; success += 1) budget.earn();
    expect(takeAll(budget)).toBe(2);
  });
});
