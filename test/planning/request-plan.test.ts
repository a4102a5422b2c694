import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import type { Batch } from "../../src/planning/batch.js";
import { planRequest, type RequestContext } from "../../src/planning/request-plan.js";
import { verifyRequest } from "../../src/planning/verify.js";
import { eventEntry } from "../../src/surfaces/event-entry.js";

const CONTEXT: RequestContext = { apiVersion: "v25.0", request: {}, columns: [] };
const PIXEL = { id: "456", status: "mapped" } as const;
const HASH = "a".repeat(64);

function eventBatch(event: JsonObject, identity = "e1"): Batch {
  const parts = { operation: "import", target: "456" } as const;
  return {
    surface: "events",
    ...parts,
    entries: [eventEntry(identity, "456", event)],
  };
}

function rowBatch(cell: string): Batch {
  const parts = { surface: "custom_audiences", operation: "upsert", target: "VIP" } as const;
  return {
    ...parts,
    entries: [{ ...parts, identity: "c1", member: "c1", items: 1, columns: [0], rows: [[cell]] }],
  };
}

describe("the fingerprint of a request", () => {
  it("is SHA-256 of RFC 8785: sorted keys, shortest numbers, no blanks, escapes only where needed", () => {
    const event = { b: [1e21, 0.1, -0, 1.0], a: 'Ä"\n\u2028', "\u20ac": true };
    const { fingerprint } = planRequest(eventBatch(event), 3, PIXEL, {
      ...CONTEXT,
      request: { test_event_code: "T" },
    });
    const canonical =
      '{"body":{"data":[{"a":"Ä\\"\\n\u2028","b":[1e+21,0.1,0,1],"€":true}],"test_event_code":"T"},' +
      '"method":"POST","path":"/v25.0/456/events","record_identities":["e1"]}';
    expect(fingerprint).toBe(createHash("sha256").update(canonical, "utf8").digest("hex"));
  });

  it("does not depend on the order of keys, on the index or on how the target was found", () => {
    const first = planRequest(eventBatch({ a: 1, b: 2 }), 0, PIXEL, CONTEXT);
    const other = planRequest(
      eventBatch({ b: 2, a: 1 }),
      9,
      { id: "456", status: "found" },
      CONTEXT,
    );
    expect(other.fingerprint).toBe(first.fingerprint);
  });

  it.each([
    ["the body", eventBatch({ a: 2 }), PIXEL],
    ["the identities", eventBatch({ a: 1 }, "e2"), PIXEL],
    ["the path", eventBatch({ a: 1 }), { id: "457", status: "mapped" } as const],
  ])("changes with %s", (_, batch, destination) => {
    const { fingerprint } = planRequest(eventBatch({ a: 1 }), 0, PIXEL, CONTEXT);
    expect(planRequest(batch, 0, destination, CONTEXT).fingerprint).not.toBe(fingerprint);
  });
});

describe("a plan of audience rows", () => {
  it("refuses a column that the spec does not have, which would be a bug", () => {
    const context = { ...CONTEXT, columns: ["SHOE_SIZE"] };
    expect(() => planRequest(rowBatch("42"), 0, PIXEL, context)).toThrow(
      "the spec has no audience column SHOE_SIZE",
    );
  });
});

describe("a plan of a replace", () => {
  it("has the schema of its session, and its place in it", () => {
    const context = { ...CONTEXT, columns: ["EMAIL", "PHONE", "FN"] };
    const session = {
      sessionId: 8,
      sequence: 2,
      isLast: true,
      rows: 3,
      columns: ["EMAIL", "PHONE"],
      replaced: { first: 4, last: 9 },
    };
    const plan = planRequest(
      { ...rowBatch(HASH), operation: "replace", session },
      1,
      PIXEL,
      context,
    );
    expect(plan).toMatchObject({
      operation: "replace",
      session,
      method: "POST",
      path: "/v25.0/456/usersreplace",
    });
    expect(plan.body).toEqual({
      payload: { schema: ["EMAIL", "PHONE"], data: [[HASH, ""]] },
      session: { session_id: 8, batch_seq: 2, last_batch_flag: true, estimated_num_total: 3 },
    });
    expect(verifyRequest(plan)).toEqual([]);
  });
});

describe("the check of a whole body", () => {
  const event = { event_name: "Lead", event_time: 1777550400, action_source: "app" };
  const userData = { user_data: { em: [HASH] } };

  it("finds nothing in what the spec allows", () => {
    const context = { ...CONTEXT, request: { test_event_code: "T1" } };
    expect(
      verifyRequest(planRequest(eventBatch({ ...event, ...userData }), 0, PIXEL, context)),
    ).toEqual([]);
    const rows = { ...CONTEXT, columns: ["EMAIL"] };
    expect(verifyRequest(planRequest(rowBatch(HASH), 0, PIXEL, rows))).toEqual([]);
  });

  it("points at what is missing, unknown or wrong", () => {
    const plan = planRequest(eventBatch({ ...event, surprise: 1 }), 0, PIXEL, CONTEXT);
    expect(verifyRequest(plan).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ["/data/0/user_data", "required"],
      ["/data/0/surprise", "additionalProperties"],
    ]);
  });

  it("finds what a mapping's request section adds wrongly", () => {
    const context = { ...CONTEXT, request: { is_raw: "very" }, columns: ["EMAIL"] };
    expect(verifyRequest(planRequest(rowBatch(HASH), 0, PIXEL, context))).toMatchObject([
      { pointer: "/payload/is_raw", keyword: "type" },
    ]);
  });
});
