import { describe, expect, it } from "vitest";
import { ask, DAY, digest, emulatorAt, NOW } from "./ask.js";

const EM = digest("a@example.test");

function event(more: object = {}): object {
  return {
    event_name: "Lead",
    event_time: NOW - 60,
    action_source: "website",
    user_data: { em: [EM] },
    ...more,
  };
}

const PURCHASE = { event_name: "Purchase", custom_data: { value: 0, currency: "EUR" } };

describe("sending events", () => {
  it("takes them and keeps them as they were sent", async () => {
    const { emulator } = emulatorAt();
    const data = [event({ event_id: "e1" }), event(PURCHASE)];
    expect(await ask(emulator, "POST", "/456/events", { data })).toMatchObject({
      status: 200,
      body: { events_received: 2, messages: [] },
    });
    expect(emulator.state().pixels).toEqual([
      {
        id: "456",
        counts: { requests: 1, received: 2, duplicates: 0, test: 0 },
        stored: 2,
        storedByName: { Lead: 1, Purchase: 1 },
        events: data,
        omitted: 0,
      },
    ]);
  });

  it("keeps pixels apart", async () => {
    const { emulator } = emulatorAt();
    await ask(emulator, "POST", "/456/events", { data: [event({ event_id: "e1" })] });
    await ask(emulator, "POST", "/457/events", { data: [event({ event_id: "e1" })] });
    expect(emulator.summary().pixels).toMatchObject([
      { id: "456", stored: 1 },
      { id: "457", stored: 1 },
    ]);
  });

  it("counts test events, which count like all others", async () => {
    const { emulator } = emulatorAt();
    await ask(emulator, "POST", "/456/events", { data: [event()], test_event_code: "TEST1" });
    expect(emulator.summary().pixels).toMatchObject([{ counts: { test: 1 }, stored: 1 }]);
  });

  it("knows no other pixels than the ones it was given", async () => {
    const { emulator } = emulatorAt({ pixels: ["456"] });
    expect((await ask(emulator, "POST", "/456/events", { data: [event()] })).status).toBe(200);
    expect(await ask(emulator, "POST", "/457/events", { data: [event()] })).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });

  it("keeps only so many whole, and counts the others", async () => {
    const { emulator } = emulatorAt({ keepEvents: 2 });
    const data = ["e1", "e2", "e3", "e3"].map((event_id) => event({ event_id }));
    await ask(emulator, "POST", "/456/events", { data });
    expect(emulator.state().pixels).toMatchObject([
      {
        counts: { received: 4, duplicates: 1 },
        stored: 3,
        events: [{ event_id: "e1" }, { event_id: "e2" }],
        omitted: 1,
      },
    ]);
  });
});

describe("events that bring down their whole request", () => {
  it.each([
    ["older than seven days", { event_time: NOW - 7 * DAY - 1 }, 2804003, ["event_time"]],
    [
      "from a store and older than 62 days",
      { action_source: "physical_store", event_time: NOW - 62 * DAY - 1 },
      2804003,
      ["event_time"],
    ],
    [
      "about nobody in particular",
      { user_data: { ct: [EM], country: [EM], client_user_agent: "x" } },
      2804050,
      ["user_data"],
    ],
    [
      "about a first name and a gender",
      { user_data: { fn: [EM], ge: [EM] } },
      2804050,
      ["user_data"],
    ],
    ["about an empty list", { user_data: { em: [] } }, 2804050, ["user_data"]],
    [
      "a purchase without a value",
      { event_name: "Purchase", custom_data: { currency: "EUR" } },
      2804009,
      ["custom_data", "value"],
    ],
    [
      "a purchase without a currency",
      { event_name: "Purchase", custom_data: { value: 1 } },
      2804010,
      ["custom_data", "currency"],
    ],
    ["with a plain e-mail", { user_data: { em: ["plain"] } }, 2804016, ["user_data", "em", 0]],
    [
      "with a malformed lead id",
      { user_data: { lead_id: "1" } },
      2804036,
      ["user_data", "lead_id"],
    ],
  ])("refuses an event %s", async (_, more, subcode, field) => {
    const { emulator } = emulatorAt();
    const data = [event(), event(more), event()];
    expect(await ask(emulator, "POST", "/456/events", { data })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 100,
          error_subcode: subcode,
          error_data: { blame_field_specs: [["data", 1, ...field]] },
        },
      },
    });
    expect(emulator.state().pixels).toEqual([]);
  });

  it.each([
    ["an unknown field", { user: 1 }, ["data", 0, "user"]],
    ["an unknown user field", { user_data: { email: [EM] } }, ["data", 0, "user_data", "email"]],
    ["an unknown action source", { action_source: "web" }, ["data", 0, "action_source"]],
    ["no time", { event_time: undefined }, ["data", 0, "event_time"]],
    ["a value twice", { user_data: { em: [EM, EM] } }, ["data", 0, "user_data", "em"]],
  ])("refuses %s by the spec, without a subcode", async (_, more, field) => {
    const { emulator } = emulatorAt();
    const { status, body } = await ask(emulator, "POST", "/456/events", { data: [event(more)] });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: { code: 100, error_data: { blame_field_specs: [field] } },
    });
    expect(body).not.toHaveProperty("error.error_subcode");
  });

  it("takes 1,000 events and refuses 1,001", async () => {
    const { emulator } = emulatorAt();
    const data = Array.from({ length: 1001 }, () => event());
    expect(await ask(emulator, "POST", "/456/events", { data })).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [["data"]] } } },
    });
    expect(await ask(emulator, "POST", "/456/events", { data: data.slice(1) })).toMatchObject({
      status: 200,
      body: { events_received: 1000 },
    });
  });

  it.each([
    ["seven days old", { event_time: NOW - 7 * DAY }],
    ["from a store, 62 days old", { action_source: "physical_store", event_time: NOW - 62 * DAY }],
    ["about an external id alone", { user_data: { external_id: ["u1"] } }],
    ["about a first and a last name", { user_data: { fn: [EM], ln: [EM] } }],
    ["a purchase for nothing", PURCHASE],
    ["from a website without a user agent", {}],
    ["with custom data of its own", { custom_data: { anything: { goes: [1] } } }],
  ])("takes an event %s", async (_, more) => {
    const { emulator } = emulatorAt();
    expect((await ask(emulator, "POST", "/456/events", { data: [event(more)] })).status).toBe(200);
  });
});

describe("repeated events", () => {
  async function sendAfter(seconds: number, first: object, second: object): Promise<number> {
    const { emulator, moveClock } = emulatorAt();
    await ask(emulator, "POST", "/456/events", { data: [event(first)] });
    moveClock(seconds);
    const repeat = event({ event_time: NOW + seconds - 60, ...second });
    expect(await ask(emulator, "POST", "/456/events", { data: [repeat] })).toMatchObject({
      body: { events_received: 1 },
    });
    return emulator.summary().pixels[0]?.stored ?? 0;
  }

  it("counts one as received and drops it within 48 hours", async () => {
    const same = { event_id: "e1" };
    expect(await sendAfter(2 * DAY - 1, same, same)).toBe(1);
    expect(await sendAfter(2 * DAY, same, same)).toBe(2);
  });

  it("drops one of a store within seven days", async () => {
    const same = { event_id: "e1", action_source: "physical_store" };
    expect(await sendAfter(7 * DAY - 1, same, same)).toBe(1);
    expect(await sendAfter(7 * DAY, same, same)).toBe(2);
  });

  it("never drops one of business messaging", async () => {
    const same = { event_id: "e1", action_source: "business_messaging" };
    expect(await sendAfter(0, same, same)).toBe(2);
  });

  it("takes another name, another id or no id for another event", async () => {
    expect(await sendAfter(0, { event_id: "e1" }, { event_id: "e2" })).toBe(2);
    expect(await sendAfter(0, { event_id: "e1" }, { event_id: "e1", event_name: "Other" })).toBe(2);
    expect(await sendAfter(0, {}, {})).toBe(2);
  });

  it("compares events of stores with each other only", async () => {
    const first = { event_id: "e1", action_source: "physical_store" };
    expect(await sendAfter(0, first, { event_id: "e1" })).toBe(2);
  });

  it("drops one within the same request", async () => {
    const { emulator } = emulatorAt();
    const data = [event({ event_id: "e1" }), event({ event_id: "e1" })];
    await ask(emulator, "POST", "/456/events", { data });
    expect(emulator.summary().pixels).toMatchObject([
      { counts: { received: 2, duplicates: 1 }, stored: 1 },
    ]);
  });

  it("counts the window from the first receipt, not from a repeat", async () => {
    const { emulator, moveClock } = emulatorAt();
    const send = (): Promise<unknown> =>
      ask(emulator, "POST", "/456/events", { data: [event({ event_id: "e1" })] });
    await send();
    moveClock(DAY);
    await send();
    moveClock(DAY);
    await send();
    expect(emulator.summary().pixels[0]).toMatchObject({ stored: 2, counts: { duplicates: 1 } });
  });
});
