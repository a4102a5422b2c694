/**
 * For every shipped mapping: a record, the request that it becomes, the spec's verdict, and nothing
 * lost on the way without a word.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Coverage, IDENTITY, type CoveredField } from "../../src/checks/coverage/coverage.js";
import { nameText } from "../../src/core/identity.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { COLUMNS, EVENT, type Field } from "../../src/generated/fields.js";
import { verifyRequest } from "../../src/planning/verify.js";
import { SHIPPED_MAPPINGS } from "../../src/sync/load-mapping.js";
import { sound } from "../mapping/render.js";
import { planAudiences, planEvents } from "./plan.js";
import { SAMPLES } from "./samples.js";

function textOf(name: string): string {
  return readFileSync(new URL(`../../mappings/${name}.yaml`, import.meta.url), "utf8");
}

async function planned(name: string, records: readonly JsonObject[]) {
  const plan = name.startsWith("events") ? planEvents : planAudiences;
  return plan(records, { mapping: textOf(name), config: { action_source: "website" } });
}

/** What each record became, by its identity; nothing of one that became nothing. */
async function entries(
  name: string,
  records: readonly JsonObject[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { body, recordIdentities, itemCounts } of (await planned(name, records)).requests) {
    const items = itemsOf(body);
    let start = 0;
    for (const [index, identity] of recordIdentities.entries()) {
      const end = start + (itemCounts[index] ?? 0);
      found.set(identity, JSON.stringify(items.slice(start, end)));
      start = end;
    }
  }
  return found;
}

/** Events, or rows with the names of their columns. */
function itemsOf({ data, payload }: JsonObject): readonly Json[] {
  if (isJsonArray(data)) return data;
  const { schema, data: rows } = isJsonObject(payload) ? payload : {};
  if (!isJsonArray(schema) || !isJsonArray(rows)) throw new TypeError("neither events nor rows");
  return rows.map((row) =>
    schema.flatMap((column, index) => {
      const cell = isJsonArray(row) ? row[index] : undefined;
      return cell === undefined || cell === "" ? [] : [column, cell];
    }),
  );
}

/** The record without each of its fields in turn, by the name that coverage has for it. */
function* without(record: JsonObject): Generator<readonly [string, JsonObject]> {
  const { identifiers, key, payload, ...own } = record;
  if (!isJsonArray(identifiers)) throw new TypeError("a sample has identifiers");
  for (const name of ["event_name", "event_type", "occurred_at"])
    if (own[name] !== undefined)
      yield [name, Object.fromEntries(Object.entries(record).filter(([one]) => one !== name))];
  for (const [index, one] of identifiers.entries()) {
    const type = isJsonObject(one) ? (nameText(one["type"]) ?? "") : "";
    yield [`identifiers.${type}`, { ...record, identifiers: identifiers.toSpliced(index, 1) }];
  }
  for (const [name, inner] of pruned("key", key)) yield [name, { ...record, key: inner ?? {} }];
  for (const [name, inner] of pruned("payload", payload))
    yield [name, { ...record, payload: inner ?? {} }];
}

/** A value without each of its leaves in turn. */
function* pruned(
  name: string,
  value: Json | undefined,
): Generator<readonly [string, Json | undefined]> {
  if (isJsonArray(value))
    for (const [index, one] of value.entries())
      for (const [leaf, inner] of pruned(`${name}[]`, one))
        yield [leaf, value.with(index, inner ?? null)];
  else if (isJsonObject(value))
    for (const [part, one] of Object.entries(value))
      for (const [leaf, inner] of pruned(`${name}.${part}`, one))
        yield [leaf, { ...value, [part]: inner ?? null }];
  else yield [name, undefined];
}

/** What `check --coverage` lists. */
function listed(name: string, record: JsonObject): ReadonlyMap<string, CoveredField> {
  const coverage = new Coverage(sound(textOf(name)));
  coverage.add(record);
  return new Map(coverage.fields().map((field) => [field.field, field]));
}

it("has a sample for every mapping that is shipped", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual([...SHIPPED_MAPPINGS].sort());
});

describe.each(SHIPPED_MAPPINGS)("mapping %s", (name) => {
  const sample = SAMPLES[name] ?? {};

  it("makes of its sample a request that the spec takes", async () => {
    const { requests, rejections, withheld } = await planned(name, [sample]);
    expect({ rejections, withheld }).toEqual({ rejections: [], withheld: [] });
    expect(requests).toHaveLength(1);
    expect(requests.flatMap(verifyRequest)).toEqual([]);
  });

  it("sends every field of its sample, or check --coverage lists it as not mapped", async () => {
    const fields = listed(name, sample);
    const variants = [...without(sample)].map(([field, record], index) => {
      const identity = `without-${String(index)}`;
      return { field, identity, record: { ...record, record_identity: identity } };
    });
    const became = await entries(name, [sample, ...variants.map(({ record }) => record)]);
    const changed = new Map<string, boolean>();
    for (const { field, identity } of variants) {
      const matters = became.get(identity) !== became.get("r-1");
      changed.set(field, matters || changed.get(field) === true);
    }
    expect([...changed.keys()].sort()).toEqual([...fields.keys()].sort());
    const found = [...changed].filter(([, matters]) => matters).map(([field]) => field);
    const said = [...fields.values()]
      .filter(({ state, goesTo }) => state === "mapped" && goesTo.some((at) => at !== IDENTITY))
      .map(({ field }) => field);
    expect(found.sort()).toEqual(said.sort());
  });
});

function namesOf(field: Field | undefined): readonly string[] {
  return field?.kind === "object" ? Object.keys(field.fields).sort() : [];
}

describe("Meta's vocabulary", () => {
  it("reaches every field of an event that the spec knows", async () => {
    const { requests } = await planned("events.meta", [SAMPLES["events.meta"] ?? {}]);
    const { data } = requests[0]?.body ?? {};
    const event = isJsonArray(data) && isJsonObject(data[0]) ? data[0] : {};
    const { user_data, app_data, custom_data } = EVENT.fields;
    expect(Object.keys(event).sort()).toEqual(namesOf(EVENT));
    expect(Object.keys(event["user_data"] ?? {}).sort()).toEqual(namesOf(user_data));
    expect(Object.keys(event["app_data"] ?? {}).sort()).toEqual(namesOf(app_data));
    expect(Object.keys(event["custom_data"] ?? {})).toEqual(
      expect.arrayContaining([...namesOf(custom_data), "own_property"]),
    );
  });

  it("reaches every column that needs nothing of the request, and the value in a value-based audience", async () => {
    const columns = async (name: string) => {
      const { requests } = await planned(name, [SAMPLES[name] ?? {}]);
      const payload = requests[0]?.body["payload"];
      return isJsonObject(payload) ? payload["schema"] : undefined;
    };
    const elsewhere = ["APPUID", "PAGEUID", "LOOKALIKE_VALUE"];
    const own = Object.keys(COLUMNS).filter((column) => !elsewhere.includes(column));
    expect(await columns("custom_audiences.meta")).toEqual(expect.arrayContaining(own));
    expect(await columns("custom_audiences.value")).toEqual(
      expect.arrayContaining([...own, "LOOKALIKE_VALUE"]),
    );
  });
});
