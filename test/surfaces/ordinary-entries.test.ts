/** What is written straight away is what the plain way makes of the same row, and nothing else ever is. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isJsonObject, type JsonObject } from "../../src/core/json.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { SAMPLES } from "../contract/samples.js";
import { eventMapping, sound } from "../mapping/render.js";
import { ok } from "../../src/core/result.js";
import { compareRecords, decoded, OPTIONS, RECORDS, waysOf } from "./both-ways.js";
import { MAPPINGS } from "./drawn-mappings.js";
import { RECORD_VALUES } from "./drawn-records.js";

describe("an ordinary row", () => {
  it("is written as it is rendered, by any mapping, from records and from columns", () => {
    const total = { ordinary: 0, rows: 0 };
    const records = fc.array(RECORD_VALUES, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(MAPPINGS, records, (written, some) => {
        const { mapping } = readMapping(JSON.stringify(written), "mapping.yaml");
        if (mapping === undefined) return;
        const { ordinary, rows } = compareRecords(mapping, some);
        total.ordinary += ordinary;
        total.rows += rows;
      }),
      { numRuns: 200 },
    );
    expect(total.rows).toBeGreaterThan(800);
    expect(total.ordinary / total.rows).toBeGreaterThan(0.15);
  });
});

/** Its `extinfo` is a tuple, which goes the plain way. */
const NEVER_ORDINARY = "events.app";

const CONFIG = { action_source: "website" };

function shipped(name: string): CheckedMapping {
  return sound(readFileSync(new URL(`../../mappings/${name}.yaml`, import.meta.url), "utf8"));
}

/** The record with some of its parts left out or replaced. */
function varied(sample: JsonObject): fc.Arbitrary<JsonObject> {
  const { payload = {}, identifiers = [] } = sample;
  const entries = Object.entries(payload ?? {});
  const people = Array.isArray(identifiers) ? identifiers : [];
  return fc
    .tuple(fc.subarray(entries), fc.subarray(people), RECORD_VALUES, fc.nat(9))
    .map(([fields, some, wild, chance]): JsonObject => {
      const own = { ...sample, payload: Object.fromEntries(fields), identifiers: some };
      if (chance > 1) return own;
      const other = wild["payload"];
      const added = isJsonObject(other) ? other : {};
      return { ...own, payload: { ...own.payload, ...added } };
    });
}

describe("a shipped mapping", () => {
  it.each(Object.entries(SAMPLES))("writes what it renders: %s", (name, sample) => {
    const mapping = shipped(name);
    const total = { ordinary: 0, rows: 0 };
    const records = fc.array(varied(sample), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(records, (some) => {
        const { ordinary, rows } = compareRecords(mapping, [sample, ...some], OPTIONS, CONFIG);
        total.ordinary += ordinary;
        total.rows += rows;
      }),
      { numRuns: 4 },
    );
    if (name === NEVER_ORDINARY) expect(total.ordinary).toBe(0);
    else expect(total.ordinary / total.rows).toBeGreaterThan(0.08);
  });
});

const SENDABLE = `
event_name: event_name
event_time: occurred_at
action_source: {value: website}
user_data: {em: {identifier: email, normalize: lowercase, hash: sha256}}
`;

function record(payload: JsonObject): JsonObject {
  return {
    event_name: "Lead",
    occurred_at: "2026-04-30T12:00:00Z",
    identifiers: [{ type: "email", value: "a@example.test" }],
    payload,
  };
}

/** How many of two rows, one of a record and one of columns, are ordinary. */
function ordinary(lines: string, payload: JsonObject, sections = ""): number {
  return compareRecords(eventMapping(`${SENDABLE}${lines}`, sections), [record(payload)]).ordinary;
}

describe("what the spec takes of a field", () => {
  it.each([
    ["data_processing_options_country", 1, 5],
    ["data_processing_options_state", "1000", "2"],
    ["messaging_channel", "messenger", "post"],
    ["opt_out", "true", "maybe"],
  ])("is asked before it is written: `%s`", (field, taken, refused) => {
    expect(ordinary(`${field}: payload.x`, { x: taken })).toBe(2);
    expect(ordinary(`${field}: payload.x`, { x: refused })).toBe(0);
  });

  it.each([
    ["currency: payload.x", "EUR", "EURO"],
    ["value: payload.x", "1.5", "much"],
    ["content_ids: payload.x", ["a", "b"], [{}]],
    ["store_data: payload.x", { store_code: "S1" }, { store_code: "x".repeat(300) }],
    ["mine: payload.x", "a = b", "a@example.test"],
    ["mine: payload.x", "https://example.test/?q=1", "https://example.test/?email=x"],
    ["mine: payload.x", { a: "x" }, { email: "x" }],
    ["mine: payload.x", [[1], { b: null }], [[1], { b: "a@example.test" }]],
    ['"*": payload.x', { content_ids: null, store_data: " ", value: 1 }, { store_data: "S1" }],
  ])("is asked of custom data: `%s`", (line, taken, refused) => {
    const lines = `custom_data:\n  ${line}`;
    expect(ordinary(lines, { x: taken })).toBe(2);
    expect(ordinary(lines, { x: refused })).toBe(0);
  });
});

describe("what is for the long way, whatever it is", () => {
  it("is a property with a personal name, and a name that a closed object does not know", () => {
    expect(ordinary("custom_data: {email: payload.x}", { x: "a" })).toBe(0);
    expect(ordinary("original_event_data: payload.x", { x: { event_name: "Lead" } })).toBe(2);
    expect(ordinary("original_event_data: payload.x", { x: { event_name: "Lead", y: 1 } })).toBe(0);
  });

  it("is JSON text where a list is wanted", () => {
    const listed = { ...record({}), identifiers: [{ type: "email", value: '["a@example.test"]' }] };
    expect(compareRecords(eventMapping(SENDABLE), [listed]).ordinary).toBe(0);
  });

  it("is an import into an audience", () => {
    const mapping = shipped("custom_audiences");
    const envelope = { identity: "r", operation: "import", target: "VIP", member: "r" } as const;
    const { quick, plain } = waysOf(mapping, { ...RECORDS, envelope: () => ok(envelope) });
    const batch = [decoded(mapping, { identifiers: [{ type: "email", value: "a@example.test" }] })];
    expect(quick(batch, 0)).toBeUndefined();
    expect(plain(batch, 0).kind).toBe("rejection");
  });
});

describe("a field that `require` names", () => {
  const REQUIRED = "require: {all_of: [custom_data.a.b]}";

  it("may have dots in its name", () => {
    const lines = 'custom_data: {"a.b": payload.x}';
    expect(ordinary(lines, { x: 1 }, REQUIRED)).toBe(2);
    expect(ordinary(lines, { y: 1 }, REQUIRED)).toBe(0);
  });

  it("may stand in an object of the data, which is looked at closely", () => {
    const lines = 'custom_data: {"*": payload}';
    expect(ordinary(lines, { a: { b: 1 } }, REQUIRED)).toBe(0);
    expect(ordinary(lines, { "a.b": 1 }, REQUIRED)).toBe(2);
  });
});
