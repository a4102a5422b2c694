/** What mappings are asked for now and then, on the mappings that ship and on small ones. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { verifyRequest } from "../../src/planning/verify.js";
import { planAudiences, planEvents } from "./plan.js";
import { digest, email, operation } from "./records.js";

const NOW = Date.UTC(2026, 3, 30, 12);
const DAY = 86_400_000;

const shipped = (name: string) =>
  readFileSync(new URL(`../../mappings/${name}.yaml`, import.meta.url), "utf8");

function sale(id: string, daysAgo: number) {
  return {
    key: { event_id: id },
    occurred_at: new Date(NOW - daysAgo * DAY).toISOString(),
    identifiers: [email(id)],
    payload: { consent: true, total: 5, currency: "EUR" },
  };
}

describe("the age of events", () => {
  it("is 62 days in a shop and 7 on the web", async () => {
    const ages = async (name: string) => {
      const plan = await planEvents([sale("61", 61), sale("63", 63), sale("6", 6), sale("8", 8)], {
        mapping: shipped(name),
        options: { now: NOW },
      });
      return plan.requests.flatMap(({ recordIdentities }) => recordIdentities);
    };
    expect(await ages("events.in_store")).toEqual(
      ["61", "6", "8"].map((id) => JSON.stringify({ event_id: id })),
    );
    expect(await ages("events.web_purchase")).toEqual([JSON.stringify({ event_id: "6" })]);
  });
});

describe("what is the same for all records of a request", () => {
  it("stands around the events", async () => {
    const mapping = `
mapping: 1
surface: events
request:
  partner_agent: {value: example-cdp}
  upload_tag: {value: shops}
  test_event_code: config.test_event_code
event:
  event_name: {value: Lead}
  event_id: key.event_id
  event_time: occurred_at
  action_source: config.action_source
  user_data: {em: {identifier: email, normalize: meta_email, hash: sha256}}
`;
    const config = { action_source: "website", test_event_code: "TEST1" };
    const { requests } = await planEvents([sale("1", 0)], { mapping, config });
    expect(requests.map(({ body }) => body)).toEqual([
      {
        data: [
          {
            event_name: "Lead",
            event_id: "1",
            event_time: NOW / 1000,
            action_source: "website",
            user_data: { em: [digest("1@example.test")] },
          },
        ],
        partner_agent: "example-cdp",
        upload_tag: "shops",
        test_event_code: "TEST1",
      },
    ]);
    expect(requests.flatMap(verifyRequest)).toEqual([]);
  });

  it("stands around the rows, whose ids say nothing without it", async () => {
    const mapping = `
mapping: 1
surface: custom_audiences
request: {is_raw: {value: true}, app_ids: {value: ["12"]}}
schema: {APPUID: payload.uid}
`;
    const { requests } = await planAudiences([operation("c1", { payload: { uid: 77 } })], {
      mapping,
      apiVersion: API_VERSION,
    });
    expect(requests.map(({ path, body }) => ({ path, body }))).toEqual([
      {
        path: `/${API_VERSION}/id-of-VIP/users`,
        body: { payload: { schema: ["APPUID"], data: [["77"]], is_raw: true, app_ids: ["12"] } },
      },
    ]);
    expect(requests.flatMap(verifyRequest)).toEqual([]);
  });
});

describe("a withdrawn consent", () => {
  it("withholds an event and a member, and does not hinder that they are removed", async () => {
    const gone = { payload: { consent: false, value: 5 } };
    const event = await planEvents([{ ...sale("1", 0), ...gone }], {
      mapping: shipped("events.web_purchase"),
    });
    expect({ requests: event.requests, withheld: event.withheld }).toEqual({
      requests: [],
      withheld: ['{"event_id":"1"}'],
    });
    const mapping = shipped("custom_audiences.value");
    const member = await planAudiences([operation("c1", gone)], { mapping });
    expect(member.requests).toEqual([]);
    expect(member.withheld).toHaveLength(1);
    const removal = await planAudiences([operation("c1", { ...gone, operation: "remove" })], {
      mapping,
    });
    expect(removal.requests.map(({ method, body }) => ({ method, body }))).toEqual([
      {
        method: "DELETE",
        body: {
          payload: { schema: ["EMAIL"], data: [[digest("c1@example.test")]], is_raw: true },
        },
      },
    ]);
  });
});
