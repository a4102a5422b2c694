import { describe, expect, it } from "vitest";
import { wantedMember } from "../../src/reconcile/wanted-member.js";
import type { WantedMember, WantedRow } from "../../src/store/members.js";
import { COLUMNS, entry, forms, type Row } from "./rows.js";

function wanted(rows: readonly Row[], member?: string, target?: string): WantedMember {
  return wantedMember(entry(rows, member, target), forms());
}

function rowOf(row: Row, member?: string, target?: string): WantedRow {
  const [first] = wanted([row], member, target).rows;
  if (first === undefined) throw new RangeError("a member has a row");
  return first;
}

const ROW: Row = ["a@x", "ann", "49", 7];

describe("a wanted member", () => {
  it("has rows of which key and context cells are found by, and attributes are beside", () => {
    expect(wanted([ROW])).toMatchObject({ target: "VIP", identity: "ann in VIP" });
    const { cells, attributes, keys } = rowOf(ROW);
    expect(cells).toBe('[["EMAIL","a@x"],["PHONE","49"],["FN","ann"]]');
    expect(attributes).toBe('[["LOOKALIKE_VALUE",7]]');
    expect(keys).toHaveLength(2);
  });

  it("is the same in every audience, and so are its rows, but for their rejects", () => {
    expect(wanted([ROW], "ann", "other").member).toBe(wanted([ROW]).member);
    const [here, there] = [rowOf(ROW), rowOf(ROW, "ann", "other")];
    expect(there).toEqual({ ...here, itemId: there.itemId });
    expect(there.itemId).not.toBe(here.itemId);
  });

  it("is never made of a row that does not tell who it is", () => {
    const nobody = { ...entry([ROW]), member: undefined };
    expect(() => wantedMember(nobody, forms())).toThrow("nobody is told");
  });

  it("shares the digest of a key cell with everybody who has it, and no row", () => {
    const [ann, bob] = [rowOf(["a@x"]), rowOf(["a@x"], "bob")];
    expect(bob.keys).toEqual(ann.keys);
    expect(bob.rowId).not.toBe(ann.rowId);
    expect(rowOf([undefined, undefined, "a@x"]).keys).not.toEqual(ann.keys);
  });

  it("has the same row with other attributes, whose content differs", () => {
    const [seven, eight] = [rowOf(ROW), rowOf(["a@x", "ann", "49", 8])];
    expect(eight.rowId).toBe(seven.rowId);
    expect(eight.attributesDigest).not.toBe(seven.attributesDigest);
    expect(eight.contentDigest).not.toBe(seven.contentDigest);
  });

  it("has another row with another context cell", () => {
    expect(rowOf(["a@x", "anna", "49", 7]).rowId).not.toBe(rowOf(ROW).rowId);
  });

  it("has equal rows once", () => {
    expect(wanted([["a@x"], ["b@x"], ["a@x"]]).rows).toHaveLength(2);
  });

  it("does not depend on the order of the mapping's columns, nor on columns without a cell", () => {
    const turned = wantedMember(entry([[7, undefined, "49", "ann", "a@x"]]), {
      ...forms(["LOOKALIKE_VALUE", "MADID", "PHONE", "FN", "EMAIL"]),
    });
    expect(turned).toEqual(wanted([ROW]));
  });

  it("shows nothing without the salt", () => {
    const other = wantedMember(entry([ROW]), forms(COLUMNS, "pepper"));
    expect(other.member).not.toBe(wanted([ROW]).member);
    expect(other.rows[0]?.keys).not.toEqual(rowOf(ROW).keys);
  });
});
