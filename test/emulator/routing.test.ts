import { describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { ask, emulatorAt } from "./ask.js";

describe("finding the operation of a request", () => {
  it("answers an unknown version with code 2500", async () => {
    const { emulator } = emulatorAt();
    const response = await emulator.handle(
      new Request(`${ORIGIN}/v1.0/me/permissions`, {
        headers: { authorization: "Bearer emulator" },
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 2500 } });
  });

  it.each(["/1/unknown", "/me", "/{custom_audience_id}/users", "/act_x/customaudiences", "/"])(
    "answers the unknown path %s with code 2500",
    async (path) => {
      const { emulator } = emulatorAt();
      expect(await ask(emulator, "POST", path, {})).toMatchObject({
        status: 400,
        body: { error: { code: 2500, type: "OAuthException" } },
      });
    },
  );

  it("answers a method that a path does not have as an object without that operation", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/123/events")).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33, type: "GraphMethodException" } },
    });
  });

  it("does not mind a slash at the end of a path", async () => {
    const { emulator } = emulatorAt();
    expect((await ask(emulator, "GET", "/me/permissions/")).status).toBe(200);
  });

  it("says which version answered and gives each request a trace id of its own", async () => {
    const { emulator } = emulatorAt();
    const send = (): Promise<Response> =>
      emulator.handle(new Request(`${ORIGIN}/${API_VERSION}/nowhere`));
    const first = await send();
    const second = await send();
    expect(first.headers.get("facebook-api-version")).toBe(API_VERSION);
    const body: unknown = await first.json();
    expect(body).toMatchObject({ error: { fbtrace_id: first.headers.get("x-fb-trace-id") } });
    expect(first.headers.get("x-fb-trace-id")).toMatch(/^A[\w-]{22}$/);
    expect(second.headers.get("x-fb-trace-id")).not.toBe(first.headers.get("x-fb-trace-id"));
  });

  it("gives the same trace ids to the same requests of one instance id", async () => {
    const traces = await Promise.all(
      [emulatorAt(), emulatorAt()].map(({ emulator }) => ask(emulator, "GET", "/9/9")),
    );
    expect(traces[0]).toEqual(traces[1]);
  });
});
