import { describe, expect, it } from "vitest";
import { changeEntry } from "../../src/reconcile/change-entry.js";
import { wantedMember } from "../../src/reconcile/wanted-member.js";
import type { Change, WantedRow } from "../../src/store/members.js";
import { changeOf, COLUMNS, entry, forms, type Row } from "./rows.js";

function wantedRow(row: Row): WantedRow {
  const [first] = wantedMember(entry([row]), forms()).rows;
  if (first === undefined) throw new RangeError("a member has a row");
  return first;
}

const ROW: Row = ["a@x", "ann", "49", 7];

function rowsOf(change: Change, columns: readonly string[] = COLUMNS) {
  return changeEntry(change, "VIP", forms(columns)).rows;
}

describe("the entry of a change", () => {
  it("is the row alone, as it was rendered", () => {
    expect(changeEntry(changeOf(wantedRow(ROW)), "VIP", forms())).toEqual({
      ...entry([ROW]),
      member: "m",
      columns: [0, 2, 1, 3],
    });
  });

  it("says nothing to a removal that finds nobody", () => {
    const change = changeOf(wantedRow(ROW), { operation: "remove", attributes: undefined });
    expect(rowsOf(change)).toEqual([["a@x", "ann", "49", undefined]]);
  });

  it("leaves a key cell out of a removal that somebody else has", () => {
    const row = wantedRow(ROW);
    const change = changeOf(row, { operation: "remove", keys: row.keys.slice(1) });
    expect(rowsOf(change)).toEqual([[undefined, "ann", "49", undefined]]);
  });

  it("removes a row of context cells only by all of them", () => {
    const row = wantedRow([undefined, "ann"]);
    const change = changeOf(row, { operation: "remove", attributes: undefined });
    expect(rowsOf(change)).toEqual([[undefined, "ann", undefined, undefined]]);
  });

  it("finds its columns by name, whatever their order is by now", () => {
    const change = changeOf(wantedRow(ROW));
    expect(rowsOf(change, ["LOOKALIKE_VALUE", "MADID", "PHONE", "EMAIL", "FN"])).toEqual([
      [7, undefined, "49", "a@x", "ann"],
    ]);
    expect(() => rowsOf(change, ["EMAIL"])).toThrow(TypeError);
  });

  it("reads no text that is not one of cells", () => {
    const change = (cells: string) => changeOf({ ...wantedRow(ROW), cells });
    for (const cells of ["", "{}", "[7]", '[["EMAIL"]]'])
      expect(() => rowsOf(change(cells))).toThrow("this is no text of cells");
  });
});
