import { describe, expect, it } from "vitest";
import { graphValidator } from "../../src/core/ajv.js";
import type { HANDLERS } from "../../src/emulator/requests/handlers.js";
import { OPERATIONS } from "../../src/generated/constants.js";
import { ask, digest, emulatorAt, NOW } from "./ask.js";

const A = digest("a@example.test");
const USERS = { payload: { schema: ["EMAIL"], data: [[A], ["plain"]] } };
const EVENT = {
  event_name: "Lead",
  event_time: NOW,
  action_source: "email",
  user_data: { em: [A] },
};
const AUDIENCE = { name: "New", subtype: "CUSTOM", customer_file_source: "USER_PROVIDED_ONLY" };

const GOOD: Readonly<Record<keyof typeof HANDLERS, readonly [path: string, body?: object]>> = {
  listCustomAudiences: ["/act_1/customaudiences?fields=id,name,operation_status&limit=1"],
  createCustomAudience: ["/act_1/customaudiences", AUDIENCE],
  readCustomAudience: ["/7?fields=delivery_status,time_created,approximate_count_lower_bound"],
  addUsers: ["/7/users", USERS],
  removeUsers: ["/7/users", USERS],
  replaceUsers: ["/7/usersreplace", { ...USERS, session: { session_id: 8, batch_seq: 1 } }],
  sendEvents: ["/456/events", { data: [EVENT] }],
  debugToken: ["/debug_token?input_token=emulator"],
  listPermissions: ["/me/permissions"],
};

const seeds = [
  { id: "7", adAccountId: "1", name: "One", operationStatus: 200 },
  { id: "8", adAccountId: "1", name: "Two" },
];

describe("the emulator and the spec", () => {
  it.each(Object.entries(GOOD))("agree on the answer of %s", async (name, [path, body]) => {
    const operation = Object.entries(OPERATIONS).find(([known]) => known === name)?.[1];
    const { emulator } = emulatorAt({ audiences: seeds });
    const reply = await ask(emulator, operation?.method ?? "", path, body);
    expect(reply.status).toBe(200);
    expect(graphValidator(operation?.response ?? "")(reply.body)).toEqual([]);
  });

  it.each([
    ["GET", "/nowhere", undefined],
    ["GET", "/9", undefined],
    ["POST", "/7/users", { payload: {} }],
    ["POST", "/456/events", { data: [{ ...EVENT, event_time: 1 }] }],
  ])("agree on the error of %s %s", async (method, path, body) => {
    const { emulator } = emulatorAt({ audiences: seeds });
    const reply = await ask(emulator, method, path, body);
    expect(reply.status).toBe(400);
    expect(graphValidator("ErrorResponse")(reply.body)).toEqual([]);
  });
});
