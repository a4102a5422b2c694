import { describe, expect, it } from "vitest";
import { planAudiences, planEvents } from "./plan.js";
import { email, emails, event, identifier, operation } from "./records.js";

const NOON = Date.parse("2026-04-30T12:00:00Z");
const DAY = 86_400;

/** Plans a good event before and after the one in question. */
async function amongGoodEvents(changes: object, settings: Parameters<typeof planEvents>[1] = {}) {
  const records = [event("before"), { ...event("bad"), ...changes }, event("after")];
  const { requests, rejections } = await planEvents(records, settings);
  return { sent: requests.flatMap(({ recordIdentities }) => recordIdentities), rejections };
}

async function amongGoodOperations(changes: object) {
  const records = [operation("before"), { ...operation("bad"), ...changes }, operation("after")];
  const { requests, rejections } = await planAudiences(records);
  return { sent: requests.flatMap(({ recordIdentities }) => recordIdentities), rejections };
}

function nested(levels: number): unknown {
  return levels === 0 ? "x" : { a: nested(levels - 1) };
}

describe("one bad event never fails the others", () => {
  it.each([
    ["no usable identifier", { identifiers: [] }, "bad", "missing", /^user_data\.em/],
    [
      "a time without a zone",
      { occurred_at: "2026-04-30T12:00:00" },
      "bad",
      "time_without_zone",
      "event_time",
    ],
    ["a time that is none", { occurred_at: "noon" }, "bad", "invalid_time", "event_time"],
    ["no identity", { event_identity: " " }, "#2", "missing_identity", "record_identity"],
    ["another operation", { operation: "upsert" }, "bad", "invalid_record", "operation"],
    ["text that is not JSON", { payload: "{" }, "bad", "invalid_record", "payload"],
    ["a payload that is a list", { payload: [] }, "bad", "invalid_record", "payload"],
    [
      "an identifier without type",
      { identifiers: [{ value: "x" }] },
      "#2",
      "invalid_identifier",
      "identifiers[0]",
    ],
    [
      "identifiers that are no list",
      { identifiers: {} },
      "#2",
      "invalid_identifier",
      "identifiers",
    ],
    [
      "an identifier that is a list",
      { identifiers: [identifier("email", [])] },
      "bad",
      "invalid_identifier",
      "identifiers.email",
    ],
    [
      "what the field's type is not",
      { payload: { opt_out: "maybe" } },
      "bad",
      "invalid_value",
      "opt_out",
    ],
    ["nesting beyond 64", { payload: nested(64) }, "#2", "invalid_value", /^payload\.a\.a/],
    ["an unsafe integer", { payload: { value: 2 ** 60 } }, "#2", "invalid_value", "payload.value"],
    ["a lone surrogate", { payload: { note: "\ud800" } }, "#2", "invalid_value", "payload.note"],
    [
      "a number that is infinite",
      { payload: { value: Infinity } },
      "#2",
      "invalid_value",
      "payload.value",
    ],
    [
      "a value that is not JSON",
      { payload: { value: new Map() } },
      "#2",
      "invalid_value",
      "payload.value",
    ],
  ])("%s", async (_, changes, identity, code, field) => {
    const { sent, rejections } = await amongGoodEvents(changes);
    expect(sent).toEqual(["before", "after"]);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatchObject({ identity, code });
    expect(rejections[0]?.field).toMatch(
      typeof field === "string" ? new RegExp(`^${escaped(field)}$`) : field,
    );
  });

  it("what the spec refuses: spec_violation with a pointer", async () => {
    const { sent, rejections } = await amongGoodEvents(
      {},
      { config: { action_source: "carrier-pigeon" } },
    );
    expect(sent).toEqual([]);
    expect(rejections[1]).toMatchObject({
      identity: "bad",
      code: "spec_violation",
      field: "/action_source",
    });
    expect(rejections[1]?.message).toContain("rule `enum`");
    expect(rejections[1]?.message).not.toContain("carrier-pigeon");
  });

  it.each([null, 7, "text", [], true])("%j instead of a record", async (record) => {
    const { requests, rejections } = await planEvents([event("before"), record]);
    expect(requests[0]?.recordIdentities).toEqual(["before"]);
    expect(rejections).toEqual([
      {
        identity: "#2",
        code: "invalid_record",
        field: "",
        message: "A record must be a JSON object.",
      },
    ]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.[\]]/g, "\\$&");
}

describe("one bad State Operation never fails the others", () => {
  it.each([
    ["no target", { target: undefined }, "bad", "missing_target", "target"],
    ["a blank target", { target: " " }, "bad", "missing_target", "target"],
    ["a wrapped blank target", { target: { value: "" } }, "bad", "missing_target", "target"],
    ["an address as target", { target: "ann@example.test" }, "bad", "personal_data", "target"],
    ["a telephone number as target", { target: "+49 30 901820" }, "bad", "personal_data", "target"],
    ["an unknown operation", { operation: "delete" }, "bad", "invalid_record", "operation"],
    ["no operation", { operation: undefined }, "bad", "invalid_record", "operation"],
    [
      "no usable identifier",
      { identifiers: [email(" ")].slice(1) },
      "bad",
      "missing",
      "EMAIL | PHONE | MADID",
    ],
    [
      "no usable identifier to remove by",
      { operation: "remove", identifiers: [] },
      "bad",
      "missing",
      "identifiers",
    ],
    [
      "rows beyond the limit",
      { identifiers: emails(10_001) },
      "bad",
      "too_many_rows",
      "identifiers",
    ],
    [
      "an identifier of a wrong type",
      { identifiers: [identifier("email", false)] },
      "bad",
      "invalid_identifier",
      "identifiers.email",
    ],
  ])("%s", async (_, changes, identity, code, field) => {
    const { sent, rejections } = await amongGoodOperations(changes);
    expect(sent).toEqual(["before", "after"]);
    expect(rejections).toMatchObject([{ identity, code, field }]);
  });
});

describe("the age of an event", () => {
  const at = (seconds: number) =>
    event("e1", { occurred_at: new Date(NOON + seconds * 1_000).toISOString() });
  const codes = async (seconds: number, options: object, source = "website") =>
    (
      await planEvents([at(seconds)], { config: { action_source: source }, options })
    ).rejections.map(({ code, field }) => [code, field]);
  const TOO_OLD = [["too_old", "event_time"]];

  it("may be seven days, less ten minutes for the way", async () => {
    expect(await codes(-7 * DAY + 600, { now: NOON })).toEqual([]);
    expect(await codes(-7 * DAY + 599, { now: NOON })).toEqual(TOO_OLD);
  });

  it("may be 62 days in a physical store", async () => {
    expect(await codes(-62 * DAY + 600, { now: NOON }, "physical_store")).toEqual([]);
    expect(await codes(-62 * DAY + 599, { now: NOON }, "physical_store")).toEqual(TOO_OLD);
  });

  it("is narrowed by max_age, and never widened", async () => {
    expect(await codes(-3_600, { now: NOON, maxAgeSeconds: 3_600 })).toEqual([]);
    expect(await codes(-3_601, { now: NOON, maxAgeSeconds: 3_600 })).toEqual(TOO_OLD);
    expect(await codes(-8 * DAY, { now: NOON, maxAgeSeconds: 30 * DAY })).toEqual(TOO_OLD);
  });

  it("is not looked at without a clock", async () => {
    expect(await codes(-3_000 * DAY, {})).toEqual([]);
  });
});

describe("the bytes of a request", () => {
  it("are kept by closing batches, and a record that is too large alone is rejected", async () => {
    const records = [
      event("e1", { payload: { note: "x".repeat(300) } }),
      event("e2", { payload: { note: "x".repeat(300) } }),
      event("large", { payload: { note: "ä".repeat(600) } }),
      event("e3", { payload: { note: "x".repeat(300) } }),
    ];
    const { requests, rejections } = await planEvents(records, { maxBytes: 1_300 });
    expect(requests.map(({ recordIdentities }) => recordIdentities)).toEqual([
      ["e1", "e2"],
      ["e3"],
    ]);
    expect(rejections).toEqual([
      {
        identity: "large",
        code: "too_large",
        field: "",
        message: "The record alone makes a body larger than `max_body_bytes`.",
      },
    ]);
  });

  it("are kept for audiences too", async () => {
    const records = [operation("c1"), operation("c2"), operation("c3")];
    const { requests } = await planAudiences(records, { maxBytes: 170 });
    expect(requests.map(({ recordIdentities }) => recordIdentities)).toEqual([
      ["c1", "c2"],
      ["c3"],
    ]);
  });
});

describe("plain personal data in an event", () => {
  const records = [
    event("plain", {
      payload: {
        value: 3,
        contact: "ann@example.test",
        firstName: "Ann",
        event_source_url: "https://shop.example.test/thanks?email=ann%40example.test&order=7",
      },
    }),
    event("clean", { payload: { value: 4 } }),
  ];
  const planned = async (onPersonalData: "warn" | "drop" | "reject") => {
    const { requests, rejections, tally } = await planEvents(records, {
      options: { onPersonalData },
    });
    return { data: requests[0]?.body["data"], rejections, counted: [...tally.personalData] };
  };
  const COUNTED = [
    ["custom_data.contact", 1],
    ["custom_data.firstName", 1],
    ["event_source_url", 1],
  ];

  it("is sent and counted under warn", async () => {
    const { data, rejections, counted } = await planned("warn");
    expect(rejections).toEqual([]);
    expect(data).toMatchObject([
      { custom_data: { contact: "ann@example.test", firstName: "Ann", value: 3 } },
      { custom_data: { value: 4 } },
    ]);
    expect(counted).toEqual(COUNTED);
  });

  it("is taken out and counted under drop", async () => {
    const { data, rejections, counted } = await planned("drop");
    expect(rejections).toEqual([]);
    expect(data).toMatchObject([
      { event_source_url: "https://shop.example.test/thanks?email=&order=7" },
      {},
    ]);
    expect(JSON.stringify(data)).not.toMatch(/ann|contact|firstName/i);
    expect(counted).toEqual(COUNTED);
  });

  it("rejects the record under reject, and the others go on", async () => {
    const { data, rejections } = await planned("reject");
    expect(data).toMatchObject([{ event_id: "clean" }]);
    expect(rejections).toEqual([
      {
        identity: "plain",
        code: "personal_data",
        field: "custom_data.contact",
        message:
          "`custom_data.contact` holds plain personal data, which `on_personal_data: reject` refuses.",
      },
    ]);
  });
});
