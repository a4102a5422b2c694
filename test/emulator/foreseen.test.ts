import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/core/json.js";
import { lackingCustomData } from "../../src/surfaces/lacking-custom-data.js";
import { weakUserData } from "../../src/surfaces/weak-user-data.js";
import { ask, digest, emulatorAt, NOW } from "./ask.js";

const LISTS = ["em", "fn", "ln", "ge", "db", "ct", "zp", "country"];
const TEXTS = ["client_user_agent", "client_ip_address", "fbp"];

/** At least one key; what is there may be blank. */
const userData = fc
  .subarray([...LISTS, ...TEXTS], { minLength: 1 })
  .chain((keys) => fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), valueOf(key)))))
  .map((fields): JsonObject => Object.fromEntries(fields));
const customData = fc
  .subarray<[string, Json]>([
    ["value", 0],
    ["currency", "EUR"],
  ])
  .map((fields): JsonObject => Object.fromEntries(fields));

const event: fc.Arbitrary<JsonObject> = fc.record({
  event_name: fc.constantFrom("Purchase", "Lead"),
  event_time: fc.constant(NOW),
  action_source: fc.constant("website"),
  user_data: userData,
  custom_data: customData,
});

function valueOf(key: string): fc.Arbitrary<Json> {
  return LISTS.includes(key)
    ? fc.constantFrom<Json>([digest("a")], [])
    : fc.constantFrom<Json>("x", "");
}

describe("what is rejected before sending, and what the emulator refuses", () => {
  it("is the same", async () => {
    await fc.assert(
      fc.asyncProperty(event, async (one) => {
        const foreseen = weakUserData(one) ?? lackingCustomData(one);
        const { emulator } = emulatorAt();
        const { status, body } = await ask(emulator, "POST", "/456/events", { data: [one] });
        expect(status).toBe(foreseen === undefined ? 200 : 400);
        if (foreseen === undefined) return;
        expect(body).toMatchObject({
          error: {
            code: 100,
            error_data: { blame_field_specs: [["data", 0, ...foreseen.field.split(".")]] },
          },
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe("the refusal of a Purchase", () => {
  it.each([
    ["value", 2804009, { currency: "EUR" }],
    ["currency", 2804010, { value: 0 }],
  ])("says that it needs a %s", async (key, subcode, custom_data) => {
    const purchase = {
      event_name: "Purchase",
      event_time: NOW,
      action_source: "website",
      user_data: { fbp: "x" },
      custom_data,
    };
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "POST", "/456/events", { data: [purchase] })).toMatchObject({
      status: 400,
      body: {
        error: {
          message: `(#100) A Purchase needs a ${key}`,
          error_user_msg: `Send \`custom_data.${key}\` with every Purchase.`,
          code: 100,
          error_subcode: subcode,
        },
      },
    });
  });
});
