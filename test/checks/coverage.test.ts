import { describe, expect, it } from "vitest";
import { Coverage } from "../../src/checks/coverage/coverage.js";
import type { JsonObject } from "../../src/core/json.js";
import { audienceMapping, eventMapping } from "../mapping/render.js";

/** What becomes of each field: where it goes, `[]` when behind another, nothing when unmapped. */
function covered(mapping: ReturnType<typeof eventMapping>, ...records: readonly JsonObject[]) {
  const coverage = new Coverage(mapping);
  for (const record of records) coverage.add({ record_identity: "r-1", ...record });
  return Object.fromEntries(
    coverage
      .fields()
      .map(({ field, state, goesTo }) => [field, state === "mapped" ? goesTo.join(" ") : state]),
  );
}

const event = (fields: string, ...records: readonly JsonObject[]) =>
  covered(eventMapping(fields), ...records);

describe("coverage of a mapping", () => {
  it("names for every field of the input the fields of the result", () => {
    expect(
      event(
        `
          event_name: event_name
          event_time: occurred_at
          user_data:
            em: {identifier: email, hash: sha256}
            ph: {identifier: phone, normalize: meta_phone, country: payload.land, hash: sha256}
          custom_data: {value: payload.total, title: [payload.a.title, payload.total]}
        `,
        {
          event_name: "Purchase",
          occurred_at: "2026-04-30T12:00:00Z",
          identifiers: [
            { type: "email", value: "a@example.test" },
            { type: "phone", value: 1 },
            { type: "card", value: 1 },
            { type: "blank", value: " " },
          ],
          payload: {
            total: 1,
            land: "de",
            a: { title: "x", other: [1, { deep: true }] },
            no: null,
          },
        },
      ),
    ).toEqual({
      event_name: "event_name",
      occurred_at: "event_time",
      "identifiers.email": "user_data.em",
      "identifiers.phone": "user_data.ph",
      "identifiers.card": "unmapped",
      "payload.total": "custom_data.value custom_data.title",
      "payload.land": "user_data.ph.country",
      "payload.a.title": "custom_data.title",
      "payload.a.other[]": "unmapped",
      "payload.a.other[].deep": "unmapped",
    });
  });

  it("tells a field whose value another one always stands before", () => {
    const fields = "event_name: [event_name, payload.name]\nevent_id: {identifier: a}";
    const first = { event_name: "Lead", payload: { name: "Lead" } };
    expect(event(fields, first)).toMatchObject({ "payload.name": "behind" });
    expect(event(fields, first, { payload: { name: "Lead" } })).toMatchObject({
      "payload.name": "event_name",
    });
    expect(
      event("custom_data: {n: {identifier: [a, b, a]}}", {
        identifiers: [
          { type: "b", value: 1 },
          { type: "a", value: 2 },
        ],
      }),
    ).toEqual({ "identifiers.a": "custom_data.n", "identifiers.b": "behind" });
  });

  it("follows lists by their elements, and JSON text by what it holds", () => {
    const fields = `
      custom_data:
        contents: {each: payload.items, item: {id: item.sku, "*": {from: item, except: [secret]}}}
        first: payload.items.0.sku
        tags: {each: payload.tags, item: item}
    `;
    const mapped = {
      "payload.items[].sku": "custom_data.contents.id custom_data.first",
      "payload.items[].colour": "custom_data.contents.colour",
      "payload.items[].secret": "unmapped",
    };
    const items = [{ sku: 1, colour: "red", secret: 1 }, { sku: 2 }];
    expect(event(fields, { payload: { items, tags: ["a"] } })).toEqual({
      ...mapped,
      "payload.tags[]": "custom_data.tags",
    });
    expect(event(fields, { payload: { items: JSON.stringify(items), tags: "a" } })).toEqual({
      ...mapped,
      "payload.tags": "custom_data.tags",
    });
    expect(event(fields, { payload: { tags: [] } })).toEqual({ "payload.tags": "unmapped" });
    expect(event("custom_data: {tags: payload.tags}", { payload: { tags: [] } })).toEqual({
      "payload.tags": "custom_data.tags",
    });
  });

  it("tells what an object of the spec has no place for", () => {
    expect(
      event(
        `
          app_data: {"*": [payload.app_data, payload], extinfo: {os_version: payload.os}}
          user_data: payload.user
          custom_data: {"*": [payload.custom_data, payload], contents: payload.contents}
        `,
        {
          payload: {
            os: "15",
            app_data: { campaign_ids: "c", colour: "red" },
            campaign_ids: "behind",
            user: { fbp: "fb.1", em: "a@example.test" },
            custom_data: { tier: "gold" },
            tier: "silver",
            rank: 1,
            contents: { id: 1, own: 2 },
          },
        },
      ),
    ).toEqual({
      "payload.os": "app_data.extinfo.os_version",
      "payload.app_data.campaign_ids": "app_data.campaign_ids",
      "payload.app_data.colour": "unmapped",
      "payload.campaign_ids": "behind",
      "payload.user.fbp": "user_data.fbp",
      "payload.user.em": "unmapped",
      "payload.custom_data.tier": "custom_data.tier",
      "payload.tier": "behind",
      "payload.rank": "custom_data.rank",
      "payload.contents.id": "custom_data.contents.id",
      "payload.contents.own": "custom_data.contents.own",
    });
  });

  it("says of a key that it names the record, where it does", () => {
    const fields = "event_id: key.event_id";
    const key = { event_id: "e-1", shop: 7 };
    expect(event(fields, { key })).toEqual({
      "key.event_id": "event_id",
      "key.shop": "unmapped",
    });
    expect(event(fields, { key, record_identity: "" })).toEqual({
      "key.event_id": "event_id identity",
      "key.shop": "identity",
    });
    const people = audienceMapping("MADID: {identifier: madid}", "only_if: payload.consent");
    expect(
      covered(people, { operation: "upsert", target: "VIP", key, payload: { consent: true } }),
    ).toEqual({
      "key.event_id": "identity",
      "key.shop": "identity",
      "payload.consent": "only_if",
    });
  });

  it("lists fields that the contract does not know, and counts what is no record", () => {
    const coverage = new Coverage(eventMapping("event_name: event_name"));
    for (const record of [{ event_identity: "e", colour: 1, target: "x" }, "text", { key: 1 }])
      coverage.add(record);
    expect(coverage).toMatchObject({ records: 1, unreadable: 2 });
    expect(coverage.fields()).toEqual([
      { field: "colour", state: "unmapped", goesTo: [], records: 1 },
      { field: "target", state: "unmapped", goesTo: [], records: 1 },
    ]);
  });

  it("shows names that come from the data safely, and a thousand of them at most", () => {
    const coverage = new Coverage(eventMapping('custom_data: {"*": payload}'));
    const payload = Object.fromEntries(
      Array.from({ length: 1_200 }, (_, index) => [`n${String(index)}`, 1]),
    );
    coverage.add({ record_identity: "r", payload: { "a@example.test": 1, ...payload } });
    const fields = coverage.fields();
    expect(fields).toHaveLength(1_001);
    expect(fields.at(-1)).toMatchObject({ field: "…", records: 201 });
    expect(JSON.stringify(fields)).not.toContain("@");
  });
});
