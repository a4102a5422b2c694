import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJson } from "../../src/core/json.js";
import { compile } from "../../src/mapping/compile.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { Rejection } from "../../src/core/record.js";
import { readRecordLines } from "../../src/sources/record-lines.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import type { Rendering } from "../../src/surfaces/entry.js";
import type { EventOptions } from "../../src/surfaces/event-options.js";
import { eventRenderer } from "../../src/surfaces/events.js";
import { decodeRecord, recordRows } from "../../src/surfaces/record-rows.js";
import { BYTES, expectNoPollution, RISKY_NAMES } from "../hostile.js";

const EVENT_OPTIONS: EventOptions = {
  pixelId: "1",
  routes: new Map(),
  onPersonalData: "drop",
  now: 1_777_550_400,
  maxAgeSeconds: undefined,
  firstStart: undefined,
  horizon: undefined,
};

type Render = (value: unknown) => Rendering;

function rendererOf(mapping: CheckedMapping): Render {
  const compiled = compile(mapping, RECORD_SHAPE, new Map([["action_source", "website"]]));
  const tally = emptyTally();
  const rows = recordRows(compiled.identifierTypes, tally);
  const render =
    compiled.surface === "events"
      ? eventRenderer(rows, compiled, EVENT_OPTIONS, tally)
      : audienceRenderer(rows, compiled, tally);
  return (value) => render([decodeRecord(mapping.surface, cleanJson(value), 1)], 0);
}

const FOLDER = new URL("../../mappings/", import.meta.url);
const RENDERERS: readonly Render[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .flatMap((file) => {
    const { mapping } = readMapping(readFileSync(new URL(file, FOLDER), "utf8"), file);
    return mapping === undefined ? [] : [rendererOf(mapping)];
  });

/** Renders a value by each shipped mapping; says how each of them ends. */
function endsOf(value: unknown): readonly string[] {
  const ends = RENDERERS.map((render) => {
    const rendering = render(value);
    if (rendering.kind === "rejection") expectReadable(rendering.rejection);
    if (rendering.kind === "entry") {
      expect(cleanJson(rendering.entry).ok).toBe(true);
      expect(JSON.stringify(rendering.entry)).not.toContain('"__proto__":');
    }
    return rendering.kind === "rejection" ? rendering.rejection.code : rendering.kind;
  });
  expectNoPollution();
  return ends;
}

/** A rejection is a line of a report, whatever the record held. */
function expectReadable({ identity, field, message }: Rejection): void {
  expect(`${identity}${field}${message}`.length).toBeLessThan(2_000);
  expect(`${field}${message}`).not.toMatch(/[\p{Cc}\p{Cs}]/u);
}

async function endsOfLines(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const ends: (readonly string[])[] = [];
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  for await (const lines of readRecordLines(stream()))
    for (const { value } of lines) ends.push(value.ok ? endsOf(value.value) : [value.error.reason]);
  return ends;
}

const NAME = fc.oneof(
  fc.constantFrom(...RISKY_NAMES),
  fc.constantFrom("type", "value", "email", "phone_e164", "contents", "id", "currency", "a.b", "0"),
  fc.string({ unit: "binary", maxLength: 6 }),
);

/** JSON as text: only text can hold `__proto__` as a name, or one name twice. */
const JSON_TEXT = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      "null",
      "true",
      '""',
      "-0",
      "1e400",
      "12345678901234567890",
      "0.1",
      "1777550400",
    ),
    fc.constantFrom(
      '"\\ud800"',
      '"\\u0000"',
      '"{\\"__proto__\\":{\\"x\\":1}}"',
      '"[[["',
      '"\\u202e"',
    ),
    fc.constantFrom('"ann@example.test"', '"+49 30 123456"', '"2026-01-01T00:00:00Z"', '"EUR"'),
    NAME.map((name) => JSON.stringify(name)),
    fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(NAME, tie("json")), { maxLength: 4 })
    .map((pairs) => `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${one}`).join(",")}}`),
})).json;

const FIELDS = [
  ...["operation", "target", "target_json", "key", "key_json", "identifiers", "identifiers_json"],
  ...["payload", "payload_json", "event_name", "event_type", "occurred_at", "record_identity"],
  ...RISKY_NAMES,
];

const SOUND: Readonly<Record<string, string>> = {
  operation: '"upsert"',
  target: '"VIP"',
  record_identity: '"r-1"',
  identifiers: '[{"type":"email","value":"ann@example.test"},{"type":"madid","value":"m-1"}]',
};

/** A record that is sound but for some fields, which hold anything. */
const RECORD_TEXT = fc
  .array(fc.tuple(fc.constantFrom(...FIELDS), JSON_TEXT), { maxLength: 4 })
  .map((fields) => [...Object.entries(SOUND), ...fields])
  .map((fields) => `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${one}`).join(",")}}`);

describe("any line of records", () => {
  it("of random bytes is a fault of its own", async () => {
    await fc.assert(
      fc.asyncProperty(BYTES, async (bytes) => {
        await endsOfLines(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it("of JSON becomes an entry or a rejection by every shipped mapping", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(RECORD_TEXT, JSON_TEXT), async (text) => {
        const ends = await endsOfLines(Buffer.from(text));
        expect(ends.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_500 },
    );
  });
});

const LONG = "x".repeat(10_000_000);
const DEEP = 100_000;
const NESTED = `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`;
const NESTED_MAPS = `${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`;

function record(fields: Readonly<Record<string, string>>): string {
  const all = Object.entries({
    ...SOUND,
    event_name: '"Lead"',
    occurred_at: "1777550400",
    ...fields,
  });
  return `{${all.map(([name, text]) => `"${name}":${text}`).join(",")}}`;
}

describe("a record that would take all time and memory", () => {
  const before = process.resourceUsage().maxRSS;

  it.each([
    ["a line that is nested 100,000 levels", NESTED, "too_deep"],
    ["an identity", record({ record_identity: `"${LONG}"` }), undefined],
    ["the name of an audience", record({ target: `"${LONG}"` }), undefined],
    ["the name of an event", record({ event_name: `"${LONG}"` }), undefined],
    ["a time", record({ occurred_at: `"${LONG}"` }), undefined],
    ["an operation", record({ operation: `"${LONG}"` }), "invalid_record"],
    ["a name in the payload", record({ payload: `{"${LONG}":{"a":[null,1e400]}}` }), undefined],
    [
      "a text in the payload",
      record({ payload: `{"currency":"${LONG}","url":"${LONG}"}` }),
      undefined,
    ],
    [
      "an address without end",
      record({ identifiers: `[{"type":"email","value":"a@b${".cd".repeat(3_000_000)}"}]` }),
      "entry",
    ],
    [
      "a last part of an address",
      record({ identifiers: `[{"type":"email","value":"a@b.${LONG}"}]` }),
      "entry",
    ],
    ["an address as the identity", record({ record_identity: `"a@b.${LONG}"` }), "entry"],
    ["an address in a text", record({ payload: `{"note":"a@b.${LONG}"}` }), "entry"],
    ["an address", record({ identifiers: `[{"type":"email","value":"a@${LONG}"}]` }), undefined],
    [
      "a number",
      record({ identifiers: `[{"type":"phone","value":"${"1".repeat(10_000_000)}"}]` }),
      undefined,
    ],
    ["an identifier type", record({ identifiers: `[{"type":"${LONG}","value":"a"}]` }), undefined],
    [
      "a million identifiers",
      record({ identifiers: `[${'{"type":"email"},'.repeat(300_000)}1]` }),
      "invalid_identifier",
    ],
    ["nesting in a payload", record({ payload: NESTED_MAPS }), "too_deep"],
    [
      "nesting in JSON in a text",
      record({ payload_json: JSON.stringify(NESTED_MAPS) }),
      "invalid_value",
    ],
    ["nesting in a target", record({ target_json: JSON.stringify(NESTED_MAPS) }), undefined],
    [
      "nesting in an identifier",
      record({ identifiers: `[{"type":"email","value":${NESTED}}]` }),
      "too_deep",
    ],
  ])(
    "ends at once: %s",
    async (_, text, end) => {
      const [ends = []] = await endsOfLines(Buffer.from(text));
      expect(ends).not.toEqual([]);
      if (end !== undefined) expect(ends).toContain(end);
    },
    15_000,
  );

  it("as a value from code may hold itself, or be no JSON at all", () => {
    const self: Record<string, unknown> = { target: "VIP", operation: "upsert" };
    self["payload"] = self;
    const values = [
      self,
      new Map(),
      () => 1,
      Symbol("x"),
      new Date(Number.NaN),
      10n ** 30n,
      Number.NaN,
    ];
    for (const value of [...values, ...values.map((inner) => ({ payload: { inner } }))])
      expect(endsOf(value).filter((end) => end === "entry")).toEqual([]);
  });

  it("takes no more than 1 GB", () => {
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(1_024 * 1_024);
  });
});

describe("names that every object has", () => {
  it("are names like others in a payload, apart from `__proto__`, which is dropped", async () => {
    const payload = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}`;
    const ends = await endsOfLines(Buffer.from(record({ payload })));
    expect(ends.flat()).toContain("entry");
    expect({}).not.toHaveProperty("polluted");
    expectNoPollution();
  });
});
