/** What Meta would refuse anyway, and a whole request with it, is rejected before. */
import { describe, expect, it } from "vitest";
import { REJECTION_CODES } from "../../src/core/record.js";
import { planEvents, type PlanSettings } from "./plan.js";
import { digest, event, identifier } from "./records.js";

const MAPPING = `
mapping: 1
surface: events
event:
  event_name: event_name
  event_time: occurred_at
  action_source: config.action_source
  user_data:
    em: {identifier: email, normalize: lowercase, hash: sha256}
    ge: {identifier: gender, normalize: lowercase, hash: sha256}
    client_user_agent: payload.agent
  custom_data: {currency: payload.currency}
`;
const REQUIRING = `${MAPPING}require: {all_of: [user_data.em]}\n`;

const OWN = { mapping: MAPPING, config: { action_source: "website" } };
const ANONYMOUS = { identifiers: [identifier("gender", "f")], payload: { agent: "Planted/1.0" } };

/** Plans a good event before and after the one in question. */
async function among(changes: object, settings: Partial<PlanSettings> = {}) {
  const records = [event("before"), event("bad", { ...changes }), event("after")];
  const { requests, rejections } = await planEvents(records, settings);
  return { sent: requests.flatMap(({ recordIdentities }) => recordIdentities), rejections };
}

async function sentData(changes: object) {
  const { requests, rejections } = await planEvents([event("e1", { ...changes })]);
  expect(rejections).toEqual([]);
  return requests[0]?.body["data"];
}

function purchase(payload: object) {
  return { event_name: "Purchase", payload };
}

describe("an event that says too little about the person", () => {
  it("is rejected alone, by the names of what it says", async () => {
    expect(await among(ANONYMOUS, OWN)).toEqual({
      sent: ["before", "after"],
      rejections: [
        {
          identity: "bad",
          code: "too_weak",
          field: "user_data",
          message:
            "`user_data` has only `client_user_agent`, `ge`, which Meta refuses as too little to find a person (2804050). Add an e-mail address, a phone number or an external id.",
        },
      ],
    });
  });

  it("is `missing` where the mapping itself requires more", async () => {
    const { rejections } = await among(ANONYMOUS, { ...OWN, mapping: REQUIRING });
    expect(rejections).toMatchObject([{ code: "missing", field: "user_data.em" }]);
  });

  it("is a `spec_violation` where the spec refuses it already", async () => {
    const payload = { agent: "Planted/1.0", currency: "EURO" };
    const { rejections } = await among({ ...ANONYMOUS, payload }, OWN);
    expect(rejections).toMatchObject([{ code: "spec_violation", field: "/custom_data/currency" }]);
  });

  it("is told before what a Purchase lacks", async () => {
    const { rejections } = await among({ ...ANONYMOUS, event_name: "Purchase" }, OWN);
    expect(rejections).toMatchObject([{ code: "too_weak", field: "user_data" }]);
  });

  it("is rejected by a code of the closed set", () => {
    expect(REJECTION_CODES).toContain("too_weak");
  });
});

describe("a Purchase", () => {
  it.each([
    ["value", { currency: "EUR" }, 2804009],
    ["value", { value: " ", currency: "EUR" }, 2804009],
    ["currency", { value: 12.5 }, 2804010],
    ["currency", { value: 12.5, currency: null }, 2804010],
  ])("without `custom_data.%s` is rejected alone: %j", async (key, payload, subcode) => {
    expect(await among(purchase(payload))).toEqual({
      sent: ["before", "after"],
      rejections: [
        {
          identity: "bad",
          code: "missing",
          field: `custom_data.${key}`,
          message: `\`custom_data.${key}\` has no value, and Meta refuses a Purchase without it (${subcode}). Map it, or give it a \`default\`.`,
        },
      ],
    });
  });

  it("is held to what is left of it after `on_personal_data: drop`", async () => {
    const payload = { value: 12.5, currency: "ann@example.test" };
    const { rejections } = await among(purchase(payload), { options: { onPersonalData: "drop" } });
    expect(rejections).toMatchObject([{ code: "missing", field: "custom_data.currency" }]);
  });

  it("is rejected before its route and its age are looked at", async () => {
    const options = {
      pixelId: undefined,
      routes: new Map([["Lead", "1"]]),
      now: Date.parse("2026-04-30T12:00:00Z"),
    };
    const { rejections } = await among(
      { ...purchase({}), occurred_at: "2020-01-01T00:00:00Z" },
      { options },
    );
    expect(rejections).toMatchObject([{ code: "missing", field: "custom_data.value" }]);
  });

  it("of 0 is sent", async () => {
    expect(await sentData(purchase({ value: 0, currency: "EUR" }))).toEqual([
      {
        event_name: "Purchase",
        event_id: "e1",
        event_time: 1777550400,
        action_source: "website",
        user_data: { em: [digest("buyer@example.test")] },
        custom_data: { value: 0, currency: "EUR" },
      },
    ]);
  });
});

describe("a currency", () => {
  it.each(["EUR", "eur", "Eur"])("is sent as it is: %s", async (currency) => {
    expect(await sentData(purchase({ value: 1, currency }))).toMatchObject([
      { custom_data: { currency } },
    ]);
  });

  it.each(["EURO", "€", "EU", "E1R", "ÄUR", "EUR,USD", 978])(
    "that is no code of three letters is rejected alone, without its value: %s",
    async (currency) => {
      expect(await among({ payload: { value: 1, currency } })).toEqual({
        sent: ["before", "after"],
        rejections: [
          {
            identity: "bad",
            code: "spec_violation",
            field: "/custom_data/currency",
            message:
              "`custom_data.currency` must be 3 letters from A to Z (Meta's spec, rule `pattern`).",
          },
        ],
      });
    },
  );
});
