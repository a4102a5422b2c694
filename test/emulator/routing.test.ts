import { describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN, VERSION_ENDS } from "../../src/generated/constants.js";
import { undocumented } from "./agreement.js";
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

describe("the version of a request", () => {
  const [ended, { graph, marketing }] = endedEntry();

  function clockAt(day: string): () => number {
    return () => Date.parse(`${day}T12:00:00Z`);
  }

  async function send(method: string, path: string, day: string): Promise<Response> {
    const { emulator } = emulatorAt({ clock: clockAt(day) });
    const request = new Request(`${ORIGIN}/${ended}${path}?access_token=any`, { method });
    const response = await emulator.handle(request);
    expect(await undocumented(request, response)).toEqual([]);
    return response;
  }

  it("is served to its last day", async () => {
    const { headers } = await send("GET", "/act_1/customaudiences", marketing);
    expect(headers.get("facebook-api-version")).toBe(ended);
    expect(headers.get("x-ad-api-version-warning")).toBeNull();
  });

  it("is answered by the current one once its Marketing API has ended, with a warning", async () => {
    const { status, headers } = await send("GET", "/act_1/customaudiences", graph);
    expect(status).toBe(200);
    expect(headers.get("facebook-api-version")).toBe(API_VERSION);
    expect(headers.get("x-ad-api-version-warning")).toContain(ended);
    const events = await send("POST", "/456/events", graph);
    expect(events.headers.get("x-ad-api-version-warning")).toBeNull();
  });

  it("is refused once its Graph API has ended", async () => {
    const dayAfter = new Date(Date.parse(graph) + 86_400_000).toISOString().slice(0, 10);
    const response = await send("GET", "/me/permissions", dayAfter);
    expect(await response.json()).toMatchObject({ error: { code: 2635 } });
  });
});

/** A version of the spec of which both ends are known. */
function endedEntry(): readonly [string, { readonly graph: string; readonly marketing: string }] {
  for (const [version, { graph, marketing }] of Object.entries(VERSION_ENDS))
    if (graph !== null && marketing !== null) return [version, { graph, marketing }];
  throw new TypeError("the spec knows of no version that has ended");
}
