import { describe, expect, it } from "vitest";
import { ProgressLine } from "../../src/cli/progress-line.js";
import { newRunResult } from "../../src/delivery/run-result.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { ended, exchange } from "../delivery/told.js";

describe("the line of progress", () => {
  it("tells how fast records are read, ten times a second at most", () => {
    const line = new ProgressLine("redrawn");
    expect(line.hear({ kind: "read", at: 0, records: 1_000 })).toBe("1,000 records read");
    expect(line.hear({ kind: "read", at: 50, records: 1_000 })).toBeUndefined();
    expect(line.hear({ kind: "read", at: 2_000, records: 2_000 })).toBe(
      "4,000 records read (2,000/s)",
    );
  });

  it("tells of a mirror how long it still takes, and otherwise nothing about its end", () => {
    const line = new ProgressLine("redrawn");
    line.hear({ kind: "compared", at: 0, target: "VIP", rows: 2_000 });
    line.hear({ kind: "compared", at: 0, target: "Guarded", rows: 9_000 });
    line.hear({ kind: "guarded", at: 0, target: "Guarded" });
    line.hear(exchange(10_000, { startedAt: 0, items: 500 }));
    expect(line.hear(ended(10_100, { items: 500 }))).toBe(
      "0 records read (0/s), 1 request acknowledged, about 30 s left",
    );
  });

  it("tells at once what is waited for", () => {
    const line = new ProgressLine("redrawn");
    line.hear({ kind: "read", at: 0, records: 10 });
    const waiting = { target: "VIP", until: 64_010, because: "throttled" } as const;
    expect(line.hear({ kind: "waiting", at: 10, waiting })).toBe(
      "10 records read, waits 1 min 4 s",
    );
  });
});

describe("lines of progress", () => {
  it("come every 30 seconds, the first one then, and a wait changes nothing about that", () => {
    const line = new ProgressLine("lines");
    const run = { id: 1, sync: "vip", surface: "events" } as const;
    const result = newRunResult("events", false, emptyTally());
    expect(line.hear({ kind: "began", at: 1_000_000, run, result })).toBeUndefined();
    expect(line.hear({ kind: "read", at: 1_029_999, records: 3_000 })).toBeUndefined();
    const waiting = { target: "VIP", until: 1_060_000, because: "throttled" } as const;
    expect(line.hear({ kind: "waiting", at: 1_029_999, waiting })).toBeUndefined();
    expect(line.hear({ kind: "read", at: 1_030_000, records: 0 })).toBe(
      "3,000 records read (100/s), waits 30 s",
    );
    expect(line.hear({ kind: "read", at: 1_059_999, records: 1 })).toBeUndefined();
  });
});
