import { describe, expect, it } from "vitest";
import { outcomeTo, SENT_EVENTS, SENT_ROWS } from "./wire.js";

describe("a 2xx is read, not trusted", () => {
  it("confirms every row when Meta counts them all and none as malformed", async () => {
    const body = {
      audience_id: "123",
      session_id: "8123456789",
      num_received: 2,
      num_invalid_entries: 0,
      invalid_entry_samples: {},
    };
    const headers = { "x-fb-trace-id": "Abc", "x-fb-request-id": "Req" };
    expect(await outcomeTo(200, body, SENT_ROWS, headers)).toEqual({
      kind: "succeeded",
      evidence: {
        outcome: "succeeded",
        surface: "custom_audiences",
        target: "VIP",
        batchFingerprint: "f0",
        recordCount: 2,
        itemCount: 2,
        confirmed: 2,
        rejected: 0,
        httpStatus: 200,
        fbtraceId: "Abc",
        requestId: "Req",
        received: 2,
        invalid: 0,
        summary: "Meta received 2 rows.",
      },
    });
  });

  it("confirms the rest when some rows are malformed, without anybody's plain data", async () => {
    const digest = "a".repeat(64);
    const body = {
      num_received: "2",
      num_invalid_entries: "1",
      invalid_entry_samples: {
        "jo@example.com": "not hashed: jo@example.com",
        "4155550100": "4155550100 is not hashed",
        [digest]: 7,
      },
    };
    const result = await outcomeTo(200, body);
    expect(result).toMatchObject({
      kind: "partially_succeeded",
      evidence: {
        outcome: "partially_succeeded",
        evidenceCode: "meta.rejected",
        confirmed: 1,
        rejected: 1,
        received: 2,
        invalid: 1,
        samples: {
          "#1": "[redacted] is not hashed",
          "#2": "not hashed: [redacted]",
          "#3": "7",
        },
        summary:
          "Meta counted 1 of 2 rows as malformed. Check the normalisation and hashing of these columns in the mapping.",
      },
    });
    expect(JSON.stringify(result)).not.toMatch(/jo@example|4155550100/);
  });

  it.each([[{}], [[]], [null], ["none"]])("does without samples: %o", async (samples) => {
    const body = { num_received: 2, num_invalid_entries: 1, invalid_entry_samples: samples };
    const { kind, evidence } = await outcomeTo(200, body);
    expect(kind).toBe("partially_succeeded");
    expect(evidence).not.toHaveProperty("samples");
  });

  it.each([2, 5])("is rejected when all rows are malformed (%d counted)", async (invalid) => {
    expect(await outcomeTo(200, { num_received: 2, num_invalid_entries: invalid })).toMatchObject({
      kind: "rejected",
      class: "record",
      evidence: { outcome: "rejected", confirmed: 0, rejected: 2, invalid },
    });
  });

  it("takes a session's larger count of received rows", async () => {
    expect(await outcomeTo(200, { num_received: 500, num_invalid_entries: 0 })).toMatchObject({
      kind: "succeeded",
      evidence: { confirmed: 2, received: 500 },
    });
  });

  it("confirms all events when Meta counts them all, and keeps what it says about them", async () => {
    const body = { events_received: 5, messages: ["one warning", 7], fbtrace_id: "Evt" };
    expect(await outcomeTo(200, body, SENT_EVENTS)).toEqual({
      kind: "succeeded",
      evidence: {
        outcome: "succeeded",
        surface: "events",
        target: "456",
        batchFingerprint: "f1",
        recordCount: 5,
        itemCount: 5,
        confirmed: 5,
        rejected: 0,
        httpStatus: 200,
        fbtraceId: "Evt",
        received: 5,
        detail: "one warning",
        summary: "Meta received 5 events.",
      },
    });
  });

  it.each([
    ["fewer events than sent", SENT_EVENTS, { events_received: 3 }],
    ["fewer rows than sent", SENT_ROWS, { num_received: 1, num_invalid_entries: 0 }],
    ["no count of events", SENT_EVENTS, { success: true }],
    ["no count of rows", SENT_ROWS, { success: true }],
    ["a count that is none", SENT_EVENTS, { events_received: -5 }],
    ["a half count", SENT_EVENTS, { events_received: 5.5 }],
    ["malformed rows that are no count", SENT_ROWS, { num_received: 2, num_invalid_entries: "x" }],
  ])("is unknown with %s", async (_, sent, body) => {
    expect(await outcomeTo(200, body, sent)).toMatchObject({
      kind: "unknown",
      evidence: { outcome: "unknown", evidenceCode: "meta.unreadable", confirmed: 0, rejected: 0 },
    });
  });

  it("says how many were counted", async () => {
    const { evidence } = await outcomeTo(200, { events_received: 3 }, SENT_EVENTS);
    expect(evidence).toMatchObject({
      received: 3,
      summary:
        "Meta counted 3 of 5 events. It is unknown whether the request took effect; run again.",
    });
  });
});
