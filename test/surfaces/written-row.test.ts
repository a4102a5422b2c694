import { describe, expect, it } from "vitest";
import { Sheet, writtenText } from "../../src/core/written.js";
import { WrittenRow } from "../../src/surfaces/written-row.js";

const ENVELOPE = { identity: "c-1", operation: "upsert", target: "VIP", member: "m" } as const;

describe("a row that is written already", () => {
  it("has its cells where its columns are, and nothing elsewhere", () => {
    const row = new WrittenRow(ENVELOPE, "upsert", [0, 2, 3], writtenText('["a",7,["LDU"]]'), 5);
    expect(row.rows).toEqual([["a", undefined, 7, ["LDU"], undefined]]);
    expect(row.rows[0]).toHaveLength(5);
  });

  it("is of its record", () => {
    const row = new WrittenRow(ENVELOPE, "remove", [0], writtenText('["ä"]'), 1);
    const { surface, identity, operation, target, member, items, columns, rows } = row;
    expect({ surface, identity, operation, target, member, items, columns, rows }).toEqual({
      surface: "custom_audiences",
      identity: "c-1",
      operation: "remove",
      target: "VIP",
      member: "m",
      items: 1,
      columns: [0],
      rows: [["ä"]],
    });
  });

  it("is read only when somebody asks for its cells", () => {
    let read = 0;
    const sheet = Sheet.on(() => {
      read += 1;
      return Buffer.from('["a"],["b"]');
    });
    const row = new WrittenRow(ENVELOPE, "upsert", [1], { sheet, start: 6, end: 11 }, 2);
    expect(read).toBe(0);
    expect(row.rows).toEqual([[undefined, "b"]]);
    expect(read).toBe(1);
  });
});
