import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.js";
import { startEmulator } from "../../src/emulator/index.js";
import { API_VERSION, HOURLY_CALLS, ORIGIN } from "../../src/generated/constants.js";
import { readUsage } from "../../src/graph/usage.js";
import { countCall } from "../../src/emulator/usage/usage.js";
import { createWorld } from "../../src/emulator/world/create-world.js";
import { undocumented } from "./agreement.js";
import { emulatorAt, NOW } from "./ask.js";

const MINUTE = 60;

async function get(emulator: Emulator, path: string): Promise<Response> {
  const request = new Request(`${ORIGIN}/${API_VERSION}${path}`, {
    headers: { authorization: "Bearer emulator" },
  });
  const response = await emulator.handle(request);
  expect(await undocumented(request, response)).toEqual([]);
  return response;
}

async function times(count: number, emulator: Emulator, path: string): Promise<Response> {
  for (let call = 1; call < count; call += 1) await get(emulator, path);
  return get(emulator, path);
}

describe("usage headers", () => {
  it("rise with every call, and tell of the app and of the ad account", async () => {
    const { emulator } = emulatorAt({ callsPerHour: 10 });
    await times(2, emulator, "/act_1/customaudiences");
    const { headers } = await get(emulator, "/act_2/customaudiences");
    expect(JSON.parse(headers.get("x-app-usage") ?? "")).toEqual({
      call_count: 30,
      total_time: 0,
      total_cputime: 0,
    });
    expect(JSON.parse(headers.get("x-ad-account-usage") ?? "")).toEqual({
      acc_id_util_pct: 10,
      reset_time_duration: 0,
      ads_api_access_tier: "standard_access",
    });
    expect(JSON.parse(headers.get("x-business-use-case-usage") ?? "")).toEqual({
      "2": [
        {
          type: "custom_audience",
          call_count: 10,
          total_time: 0,
          total_cputime: 0,
          estimated_time_to_regain_access: 0,
        },
      ],
    });
  });

  it("are those that this destination reads", async () => {
    const { emulator } = emulatorAt({ callsPerHour: 4 });
    const { headers } = await times(3, emulator, "/act_1/customaudiences");
    expect(readUsage(headers)).toEqual({
      isStated: true,
      worstPercent: 75,
      regainMs: 0,
      resetMs: 0,
    });
  });

  it("count against Meta's numbers when none is given", () => {
    const audiences = ["7", "8"].map((id) => ({ id, adAccountId: "1", name: id }));
    const world = createWorld({ clock: () => NOW * 1000, matching: "cell", audiences });
    const { base, each } = HOURLY_CALLS.standard_access;
    const hundredth = Math.ceil((base + 2 * each) / 100);
    for (let call = 1; call < hundredth; call += 1)
      expect(countCall(world, "1", NOW).account?.percent).toBe(0);
    expect(countCall(world, "1", NOW).account?.percent).toBe(1);
  });
});

describe("a limit that is used up", () => {
  it("refuses an ad account with the wait, until calls of an hour ago no longer count", async () => {
    const { emulator, moveClock } = emulatorAt({ callsPerHour: 3 });
    await times(2, emulator, "/act_1/customaudiences");
    moveClock(10 * MINUTE);
    expect((await get(emulator, "/act_1/customaudiences")).status).toBe(200);
    const refused = await get(emulator, "/act_1/customaudiences");
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: 80003 } });
    expect(readUsage(refused.headers)).toEqual({
      isStated: true,
      worstPercent: 133,
      regainMs: 50 * MINUTE * 1000,
      resetMs: 50 * MINUTE * 1000,
    });
    moveClock(50 * MINUTE);
    expect((await get(emulator, "/act_1/customaudiences")).status).toBe(200);
  });

  it("is lengthened by calls that come all the same", async () => {
    const { emulator, moveClock } = emulatorAt({ callsPerHour: 1 });
    await times(2, emulator, "/act_1/customaudiences");
    moveClock(59 * MINUTE);
    const refused = await get(emulator, "/act_1/customaudiences");
    expect(readUsage(refused.headers).regainMs).toBe(60 * MINUTE * 1000);
  });

  it("refuses the app's other calls with code 4", async () => {
    const { emulator } = emulatorAt({ callsPerHour: 1 });
    const refused = await times(2, emulator, "/me/permissions");
    expect(await refused.json()).toMatchObject({ error: { code: 4 } });
  });

  it.each([0, -1, 1.5, Number.NaN])("cannot be %d calls an hour", async (callsPerHour) => {
    await expect(startEmulator({ callsPerHour })).rejects.toThrow("a whole number above 0");
  });
});
