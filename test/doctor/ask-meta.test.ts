import { describe, expect, it } from "vitest";
import type { Transport } from "../../src/core/ports.js";
import { createRedactor } from "../../src/core/redact.js";
import { fail, ok } from "../../src/core/result.js";
import { askMeta, type Subject } from "../../src/doctor/ask-meta.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { createGraphClient } from "../../src/graph/client.js";
import { createInspector } from "../../src/graph/inspector.js";
import { graphError } from "../graph/wire.js";
import { NOW } from "./facts.js";

const TOKEN = "planted-token-91ac";
const SUBJECT: Subject = {
  surfaces: ["custom_audiences", "events"],
  adAccountId: "111",
  apiVersion: API_VERSION,
  pixelIds: ["456"],
  audiences: [
    { target: "VIP", audienceId: "77", from: "store" },
    { target: "Shared", audienceId: "88", from: "binding" },
  ],
};

const DESCRIPTION = {
  data: { type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: ["ads_management"] },
};
const ACCOUNT = {
  id: "act_111",
  name: "Shop",
  account_status: 1,
  tos_accepted: { custom_audience_tos: 1 },
};
const VIP = {
  id: "77",
  account_id: "111",
  name: "VIP",
  subtype: "CUSTOM",
  operation_status: { code: 471 },
  delivery_status: { code: 300 },
  approximate_count_lower_bound: 1000,
  approximate_count_upper_bound: 1200,
  permission_for_actions: { can_edit: false },
  fields_violating_integrity_policy: ["name"],
};

type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

/** Answers by the path below the version, and writes down what was asked. */
async function interview(replies: Readonly<Record<string, Reply>>, subject = SUBJECT) {
  const asked: string[] = [];
  const transport: Transport = (request) => {
    const url = new URL(request.url);
    const path = url.pathname.replace(`/${API_VERSION}`, "");
    asked.push(path);
    const [status, body, headers = {}] = replies[path] ?? [
      400,
      graphError(100, { error_subcode: 33 }),
    ];
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  };
  const options = { accessToken: () => ok(TOKEN), clock: () => NOW, transport };
  const facts = await askMeta(subject, {
    client: createGraphClient(options),
    inspector: createInspector(options),
    redact: createRedactor(() => [TOKEN]),
  });
  expect(JSON.stringify(facts)).not.toContain(TOKEN);
  return { asked, facts };
}

describe("asking Meta", () => {
  it("asks about token, ad account, audiences and pixels, and reads what each says", async () => {
    const date = new Date(NOW - 90_000).toUTCString();
    const { asked, facts } = await interview({
      "/debug_token": [200, DESCRIPTION, { date }],
      "/act_111": [200, ACCOUNT, { date: new Date(NOW - 70_000).toUTCString() }],
      "/act_111/customaudiences": [200, { data: [VIP, { id: "99" }] }],
      "/456": [200, { id: "456", name: "Web", owner_ad_account: { id: "act_222" } }],
    });
    expect(asked).toEqual(["/debug_token", "/act_111", "/act_111/customaudiences", "/88", "/456"]);
    expect(facts).toMatchObject({
      clockAheadMs: 70_000,
      upgraded: false,
      permissions: { kind: "not_asked" },
      token: { value: { type: "SYSTEM_USER", isValid: true, expiresAt: undefined } },
      account: { value: { name: "Shop", status: 1, termsAccepted: true } },
      audiences: {
        listing: { kind: "known" },
        known: [
          {
            target: "VIP",
            state: {
              value: {
                accountId: "111",
                operationStatus: 471,
                deliveryStatus: 300,
                size: { from: 1000, to: 1200 },
                isReadOnly: true,
                flaggedFields: ["name"],
              },
            },
          },
          { target: "Shared", state: { kind: "refused", missing: true } },
        ],
      },
      pixels: [{ pixelId: "456", state: { value: { name: "Web", ownerAccountId: "222" } } }],
    });
  });

  it("stops at a token that is not valid, and says why by Meta's error", async () => {
    const error = { code: 190, subcode: 463, message: `expired: ${TOKEN}` };
    const { asked, facts } = await interview({
      "/debug_token": [200, { data: { is_valid: false, error } }],
    });
    expect(asked).toEqual(["/debug_token"]);
    expect(facts.token).toMatchObject({
      value: { isValid: false, invalidFor: { code: 190, subcode: 463 } },
    });
  });

  it("stops at a token that Meta refuses, whichever question that was", async () => {
    const { asked, facts } = await interview({
      "/debug_token": [400, graphError(100)],
      "/me/permissions": [200, { data: [{ permission: "ads_read", status: "granted" }] }],
      "/act_111": [401, graphError(190)],
    });
    expect(asked).toEqual(["/debug_token", "/me/permissions", "/act_111"]);
    expect(facts.permissions).toEqual({ kind: "known", value: ["ads_read"] });
    expect(facts.account).toMatchObject({ kind: "refused", byToken: true });
    expect(facts.pixels).toEqual([{ pixelId: "456", state: { kind: "not_asked" } }]);
  });

  it("takes no permission for granted that was declined, and no text for a word of Meta's", async () => {
    const data = [
      { permission: "ads_management", status: "declined" },
      { permission: "<b>", status: "granted" },
    ];
    const { facts } = await interview({ "/me/permissions": [200, { data }] });
    expect(facts.permissions).toEqual({ kind: "known", value: [] });
  });

  it("takes an answer that does not say what it should for none", async () => {
    const { facts } = await interview({
      "/debug_token": [200, { data: {} }],
      "/me/permissions": [200, {}],
      "/act_111": [200, ACCOUNT],
      "/act_111/customaudiences": [200, { data: "none" }],
    });
    expect(facts.token).toMatchObject({ kind: "refused", class: "unknown" });
    expect(facts.permissions).toMatchObject({ kind: "refused" });
    expect(facts.audiences.listing).toMatchObject({ kind: "refused" });
    expect(facts.audiences.known.map(({ state }) => state.kind)).toEqual([
      "not_asked",
      "not_asked",
    ]);
  });

  it("lists no audiences for events, nor of an ad account that it does not reach", async () => {
    const events = { ...SUBJECT, surfaces: ["events"], audiences: [] } as const;
    const ofEvents = await interview(
      { "/debug_token": [200, DESCRIPTION], "/act_111": [200, ACCOUNT] },
      events,
    );
    expect(ofEvents.asked).toEqual(["/debug_token", "/act_111", "/456"]);
    const unreached = await interview({ "/debug_token": [200, DESCRIPTION] });
    expect(unreached.asked).toEqual(["/debug_token", "/act_111", "/456"]);
    expect(unreached.facts.account).toMatchObject({ kind: "refused", missing: true });
  });

  it("hears that Meta answered in a newer version", async () => {
    const { facts } = await interview({
      "/debug_token": [200, DESCRIPTION, { "X-Ad-Api-Version-Warning": "upgraded" }],
    });
    expect(facts.upgraded).toBe(true);
    expect(facts.clockAheadMs).toBeUndefined();
  });

  it("sends nothing without a token", async () => {
    const place = { kind: "value", source: "credentials", path: "access_token" } as const;
    const problem = {
      code: "config.missing_token",
      severity: "error",
      message: "there is no access token in the variable `TOKEN`",
      remedy: "Set it.",
      place,
    } as const;
    const transport: Transport = () => Promise.reject(new Error("nothing is to be sent"));
    const options = { accessToken: () => fail(problem), clock: () => NOW, transport };
    const facts = await askMeta(SUBJECT, {
      client: createGraphClient(options),
      inspector: createInspector(options),
      redact: createRedactor(() => []),
    });
    expect(facts.token).toMatchObject({
      unsent: true,
      summary:
        "The request was not sent: there is no access token in the variable `TOKEN`. Set it.",
    });
    expect(facts.account).toEqual({ kind: "not_asked" });
  });
});
