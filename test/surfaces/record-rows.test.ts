import { describe, expect, it } from "vitest";
import { ok } from "../../src/core/result.js";
import { compile } from "../../src/mapping/compile.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import { decodeRecord, recordRows } from "../../src/surfaces/record-rows.js";

const MAPPING =
  "mapping: 1\nsurface: custom_audiences\nschema: {MADID: {identifier: mobile_advertising_id}}\n";

describe("rows of contract records", () => {
  it("throw where the planner asks for a record that the batch does not have", () => {
    const rows = recordRows(new Set(), emptyTally());
    expect(() => rows.envelope([], 3)).toThrow("the batch has no record 3");
  });

  it("are rejected by audiences when they are events", () => {
    const { mapping } = readMapping(MAPPING, "test.yaml");
    const compiled = mapping && compile(mapping, RECORD_SHAPE, new Map());
    if (compiled?.surface !== "custom_audiences") throw new Error("the mapping does not compile");
    const render = audienceRenderer(recordRows(new Set(), emptyTally()), compiled, emptyTally());
    expect(render([decodeRecord("events", ok({ event_identity: "e1" }), 1)], 0)).toEqual({
      kind: "rejection",
      rejection: {
        identity: "e1",
        code: "invalid_record",
        field: "operation",
        message: "Audiences take `upsert` and `remove`.",
      },
      target: "",
    });
  });
});
