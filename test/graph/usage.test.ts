import { describe, expect, it } from "vitest";
import { readUsage } from "../../src/graph/usage.js";

const NOTHING = { isStated: true, worstPercent: 0, regainMs: 0, resetMs: 0 };

function usage(headers: Readonly<Record<string, unknown>>): ReturnType<typeof readUsage> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return readUsage(new Headers(entries));
}

describe("the usage headers", () => {
  it("give the worst percentage of the app's three", () => {
    const app = { call_count: 28, total_time: 25, total_cputime: 31 };
    expect(usage({ "X-App-Usage": app })).toEqual({ ...NOTHING, worstPercent: 31 });
  });

  it("state the ad account's reset in seconds, which is a wait only when all is used up", () => {
    const account = { acc_id_util_pct: 9.67, reset_time_duration: 100 };
    expect(usage({ "X-Ad-Account-Usage": account })).toEqual({
      isStated: true,
      worstPercent: 9.67,
      regainMs: 0,
      resetMs: 100_000,
    });
    const full = { acc_id_util_pct: 100, reset_time_duration: 100 };
    expect(usage({ "X-Ad-Account-Usage": full })).toMatchObject({ regainMs: 100_000 });
  });

  it("state the time to regain access in minutes, the worst of all use cases and accounts", () => {
    const useCases = {
      "1": [{ type: "custom_audience", call_count: 100, estimated_time_to_regain_access: 19 }],
      "2": [
        { type: "ads_management", total_time: 5, estimated_time_to_regain_access: 0 },
        { type: "custom_audience", total_cputime: "120", estimated_time_to_regain_access: "3" },
      ],
    };
    expect(usage({ "X-Business-Use-Case-Usage": useCases })).toEqual({
      isStated: true,
      worstPercent: 120,
      regainMs: 19 * 60_000,
      resetMs: 0,
    });
  });

  it.each([
    ["missing", {}],
    ["no JSON", { "x-app-usage": "28%", "x-business-use-case-usage": "{" }],
    ["no objects", { "x-app-usage": "[1]", "x-ad-account-usage": "null" }],
    ["of other shapes", { "x-business-use-case-usage": { "1": { call_count: 9 }, "2": [7] } }],
    ["negative", { "x-app-usage": { call_count: -5 } }],
    ["no numbers", { "x-app-usage": { call_count: "many", total_time: null } }],
  ])("count as unused when they are %s", (_, headers) => {
    expect(usage(headers)).toMatchObject({ worstPercent: 0, regainMs: 0, resetMs: 0 });
  });
});
