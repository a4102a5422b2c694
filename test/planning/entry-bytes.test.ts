import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writtenText } from "../../src/core/written.js";
import { WrittenRow } from "../../src/surfaces/written-row.js";
import type { Batch } from "../../src/planning/batch.js";
import { entryBytes, largestRowBytes } from "../../src/planning/entry-bytes.js";
import { planRequest } from "../../src/planning/request-plan.js";
import type { AudienceEntry } from "../../src/surfaces/entry.js";
import { eventEntry } from "../../src/surfaces/event-entry.js";

const COLUMNS = ["EMAIL", "PHONE", "DATA_PROCESSING_OPTIONS", "LOOKALIKE_VALUE"];
const DESTINATION = { id: "1", status: "mapped" } as const;

function bodyBytes(batch: Batch, columns: readonly string[]): number {
  const context = { apiVersion: "v1.0", request: {}, columns };
  return Buffer.byteLength(planRequest(batch, 0, DESTINATION, context).bodyText, "utf8");
}

const cell = fc.oneof(
  fc.constant(undefined),
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(["LDU"]),
);

function audienceEntry(rows: AudienceEntry["rows"]): AudienceEntry {
  const columns = COLUMNS.flatMap((_, position) =>
    rows.some((row) => row[position] !== undefined) ? [position] : [],
  );
  const parts = { identity: "c", operation: "upsert", target: "VIP", member: "c" } as const;
  return { surface: "custom_audiences", ...parts, items: rows.length, columns, rows };
}

describe("the bytes of an entry", () => {
  it("are never less than what it takes in a body of audience rows", () => {
    const row = fc.tuple(cell, cell, cell, cell);
    const entries = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }).map(audienceEntry), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(entries, (drawn) => {
        const batch: Batch = {
          surface: "custom_audiences",
          operation: "upsert",
          target: "VIP",
          entries: drawn,
        };
        const around = Buffer.byteLength(
          JSON.stringify({ payload: { schema: COLUMNS, data: [] } }),
        );
        const measured = drawn.reduce((sum, entry) => sum + entryBytes(entry), around);
        expect(measured).toBeGreaterThanOrEqual(bodyBytes(batch, COLUMNS));
      }),
    );
  });

  it("are never less than what it takes in a body of events, and at most one more each", () => {
    const events = fc.array(
      fc
        .dictionary(
          fc.string(),
          fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        )
        .map((event) => eventEntry("e", "1", event)),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(events, (drawn) => {
        const batch: Batch = {
          surface: "events",
          operation: "import",
          target: "1",
          entries: drawn,
        };
        const around = Buffer.byteLength('{"data":[]}');
        const measured = drawn.reduce((sum, entry) => sum + entryBytes(entry), around);
        expect(measured - bodyBytes(batch, [])).toBe(1);
      }),
    );
  });
});

describe("the bytes of a row that is written already", () => {
  it.each([[[0, 1, 2]], [[1]], [[0, 2]]])(
    "are those of its cells, at the columns %j",
    (columns) => {
      const cells = ["a", "ä", "c"].map((cell, at) => (columns.includes(at) ? cell : undefined));
      const json = writtenText(JSON.stringify(cells.filter((cell) => cell !== undefined)));
      const envelope = { identity: "e", operation: "upsert", target: "VIP", member: "e" } as const;
      const row = new WrittenRow(envelope, "upsert", columns, json, cells.length);
      expect(entryBytes(row)).toBe(entryBytes(audienceEntry([cells])));
    },
  );
});

describe("the largest part of an entry", () => {
  it("is the longest of its rows, and the whole of an event", () => {
    const [short, long] = [["a"], ["a longer one"]];
    expect(largestRowBytes(audienceEntry([short, long, short]))).toBe(
      entryBytes(audienceEntry([long])),
    );
    const event = eventEntry("e", "1", { event_name: "Lead" });
    expect(largestRowBytes(event)).toBe(entryBytes(event));
  });
});
