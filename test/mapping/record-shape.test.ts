import { describe, expect, it } from "vitest";
import type { DecodedRecord } from "../../src/core/record.js";
import { ok } from "../../src/core/result.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { decodeRecord } from "../../src/surfaces/record-rows.js";

const BATCH: readonly DecodedRecord[] = [
  decodeRecord("events", ok({ key: { id: 7 }, identifiers: [{ type: "email", value: "a" }] }), 1),
  decodeRecord("events", ok("no record"), 2),
];

describe("contract records as rows", () => {
  const key = RECORD_SHAPE.path({ root: "key", parts: ["id"], text: "key.id" });
  const email = RECORD_SHAPE.identifiers("email");

  it("are read by path and by identifier type", () => {
    expect(key(BATCH, 0)).toBe(7);
    expect(email?.(BATCH, 0)).toEqual(["a"]);
  });

  it("have nothing where a record cannot be read, or is not there", () => {
    for (const index of [1, 2]) {
      expect(key(BATCH, index)).toBeUndefined();
      expect(email?.(BATCH, index)).toEqual([]);
    }
  });
});
