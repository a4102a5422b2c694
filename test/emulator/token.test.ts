import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { ask, DAY, emulatorAt, NOW } from "./ask.js";

describe("tokens", () => {
  it.each([
    {},
    { authorization: "" },
    { authorization: "Bearer " },
    { authorization: "Basic eA==" },
  ])("refuses a request with the headers %j by code 190", async (headers) => {
    const { emulator } = emulatorAt();
    const response = await emulator.handle(
      new Request(`${ORIGIN}/${API_VERSION}/me/permissions`, { headers }),
    );
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 190, type: "OAuthException", is_transient: false },
    });
  });

  it("takes a token in the query as well", async () => {
    const { emulator } = emulatorAt();
    const url = `${ORIGIN}/${API_VERSION}/me/permissions?access_token=emulator`;
    expect((await emulator.handle(new Request(url))).status).toBe(200);
  });

  it("lists the permissions of the made-up token", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/me/permissions")).toEqual({
      status: 200,
      body: {
        data: [
          { permission: "ads_management", status: "granted" },
          { permission: "ads_read", status: "granted" },
          { permission: "business_management", status: "granted" },
        ],
      },
    });
  });

  it("describes any token as valid for ever", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/debug_token?input_token=emulator")).toEqual({
      status: 200,
      body: {
        data: {
          app_id: "100000000000001",
          application: "Emulator",
          data_access_expires_at: 0,
          expires_at: 0,
          is_valid: true,
          scopes: ["ads_management", "ads_read", "business_management"],
          type: "SYSTEM_USER",
          user_id: "100000000000002",
        },
      },
    });
  });

  it("needs to be told which token to describe", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/debug_token")).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [["input_token"]] } } },
    });
  });
});

describe("tokens that the emulator knows", () => {
  const SEEDS = [
    { token: "reader", permissions: ["ads_read"], type: "USER", expiresAt: NOW + DAY },
    { token: "events", permissions: [] },
    { token: "signed", appSecret: "app_secret" },
  ];

  function asking(token: string, more = ""): readonly [string, string] {
    return ["GET", `/act_1/customaudiences?access_token=${token}${more}`];
  }

  async function send(
    emulator: Emulator,
    [method, path]: readonly [string, string],
    body?: object,
  ): Promise<unknown> {
    const response = await emulator.handle(
      new Request(`${ORIGIN}/${API_VERSION}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return response.json();
  }

  it("are the only ones that work", async () => {
    const { emulator } = emulatorAt({ tokens: SEEDS });
    expect(await send(emulator, asking("reader"))).toMatchObject({ data: [] });
    expect(await send(emulator, asking("other"))).toMatchObject({ error: { code: 190 } });
  });

  it("end when their time is over", async () => {
    const { emulator, moveClock } = emulatorAt({ tokens: SEEDS });
    moveClock(DAY);
    expect(await send(emulator, asking("reader"))).toMatchObject({
      error: { code: 190, error_subcode: 463 },
    });
  });

  it("may do what their permissions say, and send events without any", async () => {
    const { emulator } = emulatorAt({ tokens: SEEDS });
    const create: [string, string] = ["POST", "/act_1/customaudiences?access_token=reader"];
    expect(await send(emulator, create, {})).toMatchObject({ error: { code: 200 } });
    expect(await send(emulator, asking("events"))).toMatchObject({ error: { code: 200 } });
    const event = {
      event_name: "Lead",
      event_time: NOW,
      action_source: "email",
      user_data: { fbp: "fb.1.1.1" },
    };
    expect(
      await send(emulator, ["POST", "/456/events?access_token=events"], { data: [event] }),
    ).toMatchObject({ events_received: 1 });
  });

  it("need a proof where the app demands it", async () => {
    const proof = createHmac("sha256", "app_secret").update("signed").digest("hex");
    const { emulator } = emulatorAt({ tokens: SEEDS });
    const signed = asking("signed", `&appsecret_proof=${proof}`);
    expect(await send(emulator, signed)).toMatchObject({ data: [] });
    for (const wrong of ["", `&appsecret_proof=${proof.replaceAll("a", "b")}`]) {
      expect(await send(emulator, asking("signed", wrong))).toMatchObject({
        error: {
          code: 100,
          type: "GraphMethodException",
          message: expect.stringContaining("appsecret_proof"),
        },
      });
    }
  });

  it("are described as they are: alive, ended, unknown", async () => {
    const { emulator, moveClock } = emulatorAt({ tokens: SEEDS });
    const describe = (token: string): Promise<unknown> =>
      send(emulator, ["GET", `/debug_token?input_token=${token}&access_token=events`]);
    expect(await describe("reader")).toMatchObject({
      data: { is_valid: true, scopes: ["ads_read"], type: "USER", expires_at: NOW + DAY },
    });
    expect(await describe("other")).toMatchObject({
      data: { is_valid: false, scopes: [], error: { code: 190 } },
    });
    moveClock(DAY);
    expect(await describe("reader")).toMatchObject({
      data: { is_valid: false, error: { code: 190, subcode: 463 } },
    });
  });

  it("stand in the links of a listing, as Meta's own do", async () => {
    const audiences = ["7", "8"].map((id) => ({ id, adAccountId: "1", name: id }));
    const { emulator } = emulatorAt({ tokens: SEEDS, audiences });
    expect(await send(emulator, asking("reader", "&limit=1"))).toMatchObject({
      paging: { next: expect.stringContaining("access_token=reader") },
    });
  });
});
