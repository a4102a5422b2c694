import { describe, expect, it } from "vitest";
import { ProgressLine } from "../../src/cli/progress-line.js";

const FIGURES = { target: "VIP", operation: "upsert", items: 500 } as const;

describe("the line of progress", () => {
  it("tells how fast records are read, ten times a second at most", () => {
    const line = new ProgressLine();
    expect(line.hear({ kind: "read", at: 0, records: 1_000 })).toBe("1,000 records read");
    expect(line.hear({ kind: "read", at: 50, records: 1_000 })).toBeUndefined();
    expect(line.hear({ kind: "read", at: 2_000, records: 2_000 })).toBe(
      "4,000 records read (2,000/s)",
    );
  });

  it("tells of a mirror how long it still takes, and otherwise nothing about its end", () => {
    const line = new ProgressLine();
    line.hear({ kind: "compared", at: 0, target: "VIP", rows: 2_000 });
    line.hear({ kind: "compared", at: 0, target: "Guarded", rows: 9_000 });
    line.hear({ kind: "guarded", at: 0, target: "Guarded" });
    const exchange = { kind: "exchange", startedAt: 0, attempt: 1, came: "acknowledged" } as const;
    line.hear({ ...exchange, at: 10_000, ...FIGURES });
    expect(line.hear({ kind: "ended", at: 10_100, end: "acknowledged", ...FIGURES })).toBe(
      "0 records read (0/s), 1 request acknowledged, about 30 s left",
    );
  });

  it("tells at once what is waited for", () => {
    const line = new ProgressLine();
    line.hear({ kind: "read", at: 0, records: 10 });
    const waiting = { target: "VIP", until: 64_010, because: "throttled" } as const;
    expect(line.hear({ kind: "waiting", at: 10, waiting })).toBe(
      "10 records read, waits 1 min 4 s",
    );
  });
});
