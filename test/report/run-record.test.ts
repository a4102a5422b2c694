/** What a report keeps of a run is bounded, however long the run is, and loses no count by that. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunRecord } from "../../src/report/run-record.js";
import { exchange } from "../delivery/told.js";

function heard(instants: readonly number[]): RunRecord {
  const record = new RunRecord(0);
  for (const startedAt of instants) record.hear(exchange(startedAt + 5, { startedAt }));
  return record;
}

describe("the record of a run", () => {
  it("counts each request in the stretch in which it began, in 120 stretches at most", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40_000_000 }), { maxLength: 200 }),
        (starts) => {
          const { timeline, bucketMs } = heard(starts);
          expect(timeline.length).toBeLessThanOrEqual(120);
          const counts = timeline.map(({ exchanges }) => exchanges.acknowledged);
          const wanted = counts.map(
            (_, index) => starts.filter((start) => Math.floor(start / bucketMs) === index).length,
          );
          expect(counts).toEqual(wanted);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(starts.length);
        },
      ),
    );
  });

  it("keeps the highest usage when stretches become one", () => {
    const record = new RunRecord(0);
    for (const [at, percent] of [
      [0, 10],
      [30, 90],
      [50, 20],
      [9_000, 5],
    ] as const)
      record.hear({ kind: "usage", at, of: "act_1", percent });
    expect(record.timeline[0]?.usage.get("act_1")).toBe(90);
  });

  it("tells a wait that several requests share once, and keeps the longest of many", () => {
    const record = new RunRecord(0);
    const wait = (at: number, until: number, target = "VIP") => {
      record.hear({ kind: "waiting", at, waiting: { target, until, because: "throttled" } });
    };
    wait(0, 60_000);
    wait(10, 61_000);
    expect(record.waits.longest).toEqual([
      { target: "VIP", because: "throttled", from: 0, until: 61_000 },
    ]);
    for (let index = 0; index < 5_000; index += 1)
      wait(100_000 + 10 * index, 100_005 + 10 * index, "B");
    expect(record.waits.longest.length).toBeLessThan(200);
    expect(record.waits.longest[0]).toMatchObject({ until: 61_000 });
    expect(record.waits.counts.throttled).toBe(5_001);
    expect(record.waits.lengths.throttled).toBe(61_000 + 5_000 * 5);
  });
});
