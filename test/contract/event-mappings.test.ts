import { describe, expect, it } from "vitest";
import { planEvents } from "./plan.js";
import { email, event, identifier } from "./records.js";

const FIELDS = `
  event_name: event_name
  event_time: occurred_at
  action_source: config.action_source
  user_data:
    em: {identifier: email, normalize: lowercase, hash: sha256}
    external_id: {identifier: external_id, hash: sha256}
`;

function mapping(rest: string, fields = FIELDS): string {
  return `mapping: 1\nsurface: events\n${rest}\nevent:${fields}`;
}

describe("only_if of events", () => {
  const settings = {
    mapping: mapping("only_if: payload.consent"),
    config: { action_source: "app" },
  };

  it("withholds what is not true", async () => {
    const { requests, withheld } = await planEvents(
      [
        event("yes", { payload: { consent: true } }),
        event("no", { payload: { consent: 0 } }),
        event("unknown"),
      ],
      settings,
    );
    expect(requests[0]?.recordIdentities).toEqual(["yes"]);
    expect(withheld).toEqual(["no", "unknown"]);
  });

  it("rejects what is neither true nor false", async () => {
    const { rejections } = await planEvents([event("e1", { payload: { consent: [] } })], settings);
    expect(rejections).toMatchObject([{ code: "invalid_value", field: "only_if" }]);
  });
});

describe("require of events", () => {
  it("asks for all of the fields it names", async () => {
    const { requests, rejections } = await planEvents(
      [event("both", { identifiers: [email("a"), identifier("external_id", "x")] }), event("one")],
      {
        mapping: mapping("require: {all_of: [user_data.em, user_data.external_id]}"),
        config: { action_source: "app" },
      },
    );
    expect(requests[0]?.recordIdentities).toEqual(["both"]);
    expect(rejections).toEqual([
      {
        identity: "one",
        code: "missing",
        field: "user_data.external_id",
        message: "The event has no usable `user_data.external_id`.",
      },
    ]);
  });

  it("may be absent: the spec's own rules hold", async () => {
    const { rejections } = await planEvents([event("e1", { identifiers: [] })], {
      mapping: mapping(""),
      config: { action_source: "app" },
    });
    expect(rejections).toMatchObject([{ code: "missing", field: "user_data" }]);
  });

  it("finds nothing in an event of which nothing is left", async () => {
    const { rejections } = await planEvents([event("e1", { event_name: null })], {
      mapping: mapping("", "\n  event_name: event_name\n"),
    });
    expect(rejections).toMatchObject([{ code: "missing" }]);
  });
});

describe("an event that the spec refuses inside", () => {
  it("is rejected alone, with a pointer to the place", async () => {
    const contents = `${FIELDS}  custom_data:
    contents: {each: payload.items, item: {id: item.sku, delivery_category: item.by}}
`;
    const { requests, rejections } = await planEvents(
      [
        event("good", { payload: { items: [{ sku: "a", by: "curbside" }] } }),
        event("bad", {
          payload: {
            items: [
              { sku: "a", by: "curbside" },
              { sku: "b", by: "drone" },
            ],
          },
        }),
      ],
      { mapping: mapping("", contents), config: { action_source: "app" } },
    );
    expect(requests[0]?.recordIdentities).toEqual(["good"]);
    expect(rejections).toEqual([
      {
        identity: "bad",
        code: "spec_violation",
        field: "/custom_data/contents/1/delivery_category",
        message:
          "`custom_data.contents.1.delivery_category` must be one of `in_store`, `curbside`, `home_delivery` (Meta's spec, rule `enum`).",
      },
    ]);
  });
});
