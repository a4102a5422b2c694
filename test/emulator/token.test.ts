import { describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { ask, emulatorAt } from "./ask.js";

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

  it("takes no token in the query", async () => {
    const { emulator } = emulatorAt();
    const url = `${ORIGIN}/${API_VERSION}/me/permissions?access_token=emulator`;
    expect((await emulator.handle(new Request(url))).status).toBe(401);
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
