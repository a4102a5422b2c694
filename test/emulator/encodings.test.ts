/** What other clients send: parameters in the query, forms, Meta's second forms of a value. */
import { describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { ask, digest, emulatorAt, NOW } from "./ask.js";

const A = digest("a@example.test");
const PAYLOAD = { schema: ["EMAIL"], data: [[A]] };
const AUTHORISED = { authorization: "Bearer emulator" };

function seeded(): Emulator {
  const audiences = [{ id: "7", adAccountId: "1", name: "Seed", operationStatus: 200 }];
  return emulatorAt({ audiences }).emulator;
}

async function send(emulator: Emulator, path: string, init: RequestInit): Promise<unknown> {
  const response = await emulator.handle(new Request(`${ORIGIN}/${API_VERSION}${path}`, init));
  return response.json();
}

function held(emulator: Emulator): number | undefined {
  return emulator.summary().audiences[0]?.identifiers;
}

describe("the emulator takes", () => {
  it("a form, whose parameters are JSON where they are no text", async () => {
    const emulator = seeded();
    const body = new URLSearchParams({
      access_token: "any",
      payload: JSON.stringify(PAYLOAD),
      session: '{"session_id":5,"batch_seq":1}',
    });
    expect(await send(emulator, "/7/users", { method: "POST", body })).toMatchObject({
      session_id: "5",
      num_received: 1,
    });
    expect(held(emulator)).toBe(1);
  });

  it("a form in parts, of which a text stays a text although it looks like a number", async () => {
    const emulator = seeded();
    const body = new FormData();
    body.set("name", "2026");
    body.set("subtype", "CUSTOM");
    body.set("customer_file_source", "USER_PROVIDED_ONLY");
    body.set("is_value_based", "true");
    await send(emulator, "/act_1/customaudiences", { method: "POST", headers: AUTHORISED, body });
    expect(emulator.summary().audiences[1]).toMatchObject({ name: "2026" });
  });

  it("people in the query of a DELETE, and a POST that says it is one", async () => {
    const emulator = seeded();
    const query = new URLSearchParams({ access_token: "any", payload: JSON.stringify(PAYLOAD) });
    await ask(emulator, "POST", "/7/users", { payload: PAYLOAD });
    await send(emulator, `/7/users?${String(query)}`, { method: "DELETE" });
    expect(held(emulator)).toBe(0);
    await ask(emulator, "POST", "/7/users", { payload: PAYLOAD });
    query.set("method", "delete");
    await send(emulator, "/7/users", { method: "POST", body: query });
    expect(held(emulator)).toBe(0);
  });

  it("the one column as a text, with a flat list of cells", async () => {
    const emulator = seeded();
    const payload = { schema: "EMAIL", data: [A] };
    expect(await ask(emulator, "POST", "/7/users", { payload })).toMatchObject({
      body: { num_received: 1, num_invalid_entries: 0 },
    });
  });

  it("a single identifier in place of a list, an id as a number, and what is null as not there", async () => {
    const emulator = seeded();
    const event = {
      event_name: "Lead",
      event_time: NOW,
      action_source: "system_generated",
      user_data: { em: A, lead_id: 123456789012345 },
    };
    const reply = await ask(emulator, "POST", "/456/events", { data: [event], upload_tag: null });
    expect(reply.status).toBe(200);
    expect(emulator.state().pixels[0]?.events[0]?.user_data).toEqual({
      em: [A],
      lead_id: "123456789012345",
    });
  });
});

describe("the emulator refuses", () => {
  it.each([
    ["a form that is none", { "content-type": "multipart/form-data" }, "x", []],
    ["JSON that is none", { "content-type": "application/json" }, "{", []],
    ["JSON that is no object", { "content-type": "application/json" }, "[]", []],
    ["a parameter of a form that is no JSON", formType(), "payload=x", ["payload"]],
    [
      "a parameter of a form that nobody knows",
      formType(),
      `payload=${JSON.stringify(PAYLOAD)}&shoe_size=42`,
      ["shoe_size"],
    ],
  ])("%s", async (_what, headers, body, blame) => {
    const init = { method: "POST", headers: { ...AUTHORISED, ...headers }, body };
    expect(await send(seeded(), "/7/users", init)).toMatchObject({
      error: { code: 100, error_data: { blame_field_specs: [blame] } },
    });
  });

  it.each([
    ["/act_1/customaudiences?limit=many", "limit"],
    ["/act_1/customaudiences?fetch_primary_audience=perhaps", "fetch_primary_audience"],
    ["/debug_token?input_token=", "input_token"],
  ])("the query of %s", async (path, name) => {
    expect(await ask(seeded(), "GET", path)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [[name]] } } },
    });
  });
});

function formType(): Record<string, string> {
  return { "content-type": "application/x-www-form-urlencoded" };
}
