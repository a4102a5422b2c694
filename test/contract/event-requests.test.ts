import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../src/core/digest.js";
import { MAX_JSON_DEPTH, type Json } from "../../src/core/json.js";
import { verifyRequest } from "../../src/planning/verify.js";
import { planEvents } from "./plan.js";
import { digest, event, identifier } from "./records.js";

const ROUTES = { routes: new Map([["Lead", "111"]]) };

/** As it is sent, name by name in the order of canonical JSON. */
const WHOLE_TEXT = `{"data":[{${[
  '"action_source":"website"',
  '"custom_data":{"currency":"EUR","value":12.5}',
  '"event_id":"evt-7","event_name":"Purchase"',
  '"event_source_url":"https://shop.example.test/thanks"',
  '"event_time":1777550400,"opt_out":false',
  `"user_data":{"client_ip_address":"192.0.2.7","client_user_agent":"Test/1.0","em":["${digest("buyer@example.test")}"],"external_id":["${digest("Cust-A")}"],"fbc":"fb.1.1.click","fbp":"fb.1.2.browser","ph":["${digest("+49 170 000")}"]}`,
].join(",")}}],"test_event_code":"TEST123"}`;

describe("an event request", () => {
  it("is, for a whole record, exactly this", async () => {
    const { requests, rejections } = await planEvents(
      [
        {
          operation: "import",
          event_identity: "order-7",
          key: { event_id: "evt-7" },
          event_name: "Purchase",
          occurred_at: "2026-04-30T12:00:00Z",
          identifiers: [
            identifier("email", "  Buyer@Example.TEST "),
            identifier("phone_e164", "+49 170 000"),
            identifier("external_id", "Cust-A"),
          ],
          payload: {
            fbc: " fb.1.1.click ",
            fbp: "fb.1.2.browser",
            client_ip_address: "192.0.2.7",
            client_user_agent: "Test/1.0",
            event_source_url: "https://shop.example.test/thanks",
            opt_out: false,
            value: 12.5,
            currency: "EUR",
            note: null,
            blank: " ",
          },
        },
      ],
      { config: { action_source: "website", test_event_code: "TEST123" } },
    );
    expect(rejections).toEqual([]);
    expect(requests).toEqual([
      {
        bodyBytes: expect.any(Uint8Array),
        index: 0,
        surface: "events",
        operation: "import",
        target: "456",
        targetStatus: "mapped",
        method: "POST",
        path: "/v25.0/456/events",
        body: {
          data: [
            {
              event_name: "Purchase",
              event_id: "evt-7",
              event_time: 1777550400,
              action_source: "website",
              event_source_url: "https://shop.example.test/thanks",
              opt_out: false,
              user_data: {
                em: [digest("buyer@example.test")],
                ph: [digest("+49 170 000")],
                external_id: [digest("Cust-A")],
                fbc: "fb.1.1.click",
                fbp: "fb.1.2.browser",
                client_ip_address: "192.0.2.7",
                client_user_agent: "Test/1.0",
              },
              custom_data: { currency: "EUR", value: 12.5 },
            },
          ],
          test_event_code: "TEST123",
        },
        bodyText: WHOLE_TEXT,
        recordIdentities: ["order-7"],
        recordCount: 1,
        itemCounts: [1],
        fingerprint: requests[0]?.fingerprint,
      },
    ]);
  });

  it("has a fingerprint of its method, path, body and identities in canonical JSON", async () => {
    const [request] = (await planEvents([event("e1")])).requests;
    const hashed = {
      method: "POST",
      path: "/v25.0/456/events",
      body: request?.body ?? {},
      record_identities: ["e1"],
    };
    expect(request?.fingerprint).toBe(sha256(canonicalJson(hashed)));
  });

  it("holds neither origin, route, account nor token", async () => {
    const { requests } = await planEvents([event("e1", { event_name: "Lead" })], {
      config: {
        action_source: "website",
        ad_account_id: "act_99887766",
        pixel_id: "456",
        api_version: "v25.0",
      },
      options: ROUTES,
    });
    const [request] = requests;
    expect(request?.path).toBe("/v25.0/111/events");
    expect(Object.keys(request?.body ?? {})).toEqual(["data"]);
    const body = JSON.stringify(request?.body);
    for (const foreign of ["graph.facebook.com", "https:", "111", "456", "99887766", "token"])
      expect(body).not.toContain(foreign);
    expect(Object.keys(request ?? {})).not.toContain("headers");
  });

  it("takes at most 1,000 events", async () => {
    const records = Array.from({ length: 2_001 }, (_, index) => event(`e${index}`));
    const { requests } = await planEvents(records);
    expect(requests.map(({ recordCount }) => recordCount)).toEqual([1_000, 1_000, 1]);
    expect(requests.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(requests[1]?.recordIdentities[0]).toBe("e1000");
    expect(requests[1]?.itemCounts).toEqual(new Array(1_000).fill(1));
  });

  it.each([
    ["blank", "  "],
    ["empty", ""],
  ])("omits a test_event_code that is %s", async (_, code) => {
    const { requests } = await planEvents([event("e1")], {
      config: { action_source: "website", test_event_code: code },
    });
    expect(Object.keys(requests[0]?.body ?? {})).toEqual(["data"]);
  });

  it("stands on the API version of the configuration", async () => {
    const { requests } = await planEvents([event("e1")], { apiVersion: "v99.0" });
    expect(requests[0]?.path).toBe("/v99.0/456/events");
  });
});

describe("the pixel of an event", () => {
  const records = ["Lead", "Subscribe", "Lead", "Subscribe", "Lead"].map((event_name, index) =>
    event(`e${index}`, { event_name }),
  );

  it("is its route, else pixel_id; interleaved names make one request each", async () => {
    const { requests } = await planEvents(records, { options: ROUTES });
    expect(requests.map(({ path, recordIdentities }) => [path, recordIdentities])).toEqual([
      ["/v25.0/111/events", ["e0", "e2", "e4"]],
      ["/v25.0/456/events", ["e1", "e3"]],
    ]);
  });

  it("is shared by two names with the same route", async () => {
    const routes = new Map([
      ["Lead", "111"],
      ["Subscribe", "111"],
    ]);
    const { requests } = await planEvents(records, { options: { routes } });
    expect(requests.map(({ target, recordCount }) => [target, recordCount])).toEqual([["111", 5]]);
  });

  it("is missing where there is neither: no_route, and the others go on", async () => {
    const options = { ...ROUTES, pixelId: undefined };
    const { requests, rejections } = await planEvents(records, { options });
    expect(requests.map(({ target, recordCount }) => [target, recordCount])).toEqual([["111", 3]]);
    expect(rejections.map(({ identity, code, field }) => [identity, code, field])).toEqual([
      ["e1", "no_route", "event_name"],
      ["e3", "no_route", "event_name"],
    ]);
  });

  it("is looked up by own names only", async () => {
    const { requests } = await planEvents([event("e1", { event_name: "constructor" })]);
    expect(requests[0]?.target).toBe("456");
  });

  it("fills side by side with 63 others; one more flushes the least recently used", async () => {
    const names = Array.from({ length: 65 }, (_, index) => `Name${index}`);
    const routes = new Map(names.map((name, index) => [name, String(1_000 + index)]));
    const input = [...names.slice(0, 64), "Name0", "Name64", "Name1", "Name0"];
    const { requests } = await planEvents(
      input.map((event_name, index) => event(`e${index}`, { event_name })),
      { options: { routes } },
    );
    // Name1 was used least recently when Name64 came, Name2 when Name1 came back.
    expect(requests.slice(0, 3).map((one) => [one.target, one.recordIdentities])).toEqual([
      ["1001", ["e1"]],
      ["1002", ["e2"]],
      ["1000", ["e0", "e64", "e67"]],
    ]);
    expect(requests.slice(-2).map((one) => [one.target, one.recordIdentities])).toEqual([
      ["1064", ["e65"]],
      ["1001", ["e66"]],
    ]);
    expect(requests).toHaveLength(66);
  });
});

describe("an event with a value as deep as a record may be", () => {
  it("is planned, and held against the spec, though it stands deeper in the body", async () => {
    const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)]);
    const record = event("deep", { payload: { value: 3, deep: deep(MAX_JSON_DEPTH - 2) } });
    const { requests, rejections } = await planEvents([record]);
    expect(rejections).toEqual([]);
    expect(requests.map(verifyRequest)).toEqual([[]]);
  });
});
