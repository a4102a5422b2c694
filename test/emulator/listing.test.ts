import { describe, expect, it } from "vitest";
import { isJsonArray, isJsonObject, parseJson, type JsonObject } from "../../src/core/json.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { ask, emulatorAt } from "./ask.js";

function withAudiences(count: number): Emulator {
  return emulatorAt({
    audiences: [
      ...Array.from({ length: count }, (_, index) => ({
        id: String(index + 1),
        adAccountId: "1",
        name: `Audience ${String(index + 1)}`,
      })),
      { id: "900", adAccountId: "2", name: "Of another account" },
    ],
  }).emulator;
}

async function list(emulator: Emulator, query: string): Promise<JsonObject> {
  const reply = await ask(emulator, "GET", `/act_1/customaudiences?${query}`);
  const body = parseJson(JSON.stringify(reply.body));
  return body.ok && isJsonObject(body.value) ? body.value : {};
}

function idsOf(page: JsonObject): unknown {
  const data = page["data"];
  return isJsonArray(data) ? data.map((node) => isJsonObject(node) && node["id"]) : undefined;
}

function pagingOf(page: JsonObject): JsonObject {
  const paging = page["paging"];
  return isJsonObject(paging) ? paging : {};
}

function cursorOf(page: JsonObject, name: "before" | "after"): string {
  const cursors = pagingOf(page)["cursors"];
  const cursor = isJsonObject(cursors) ? cursors[name] : undefined;
  return typeof cursor === "string" ? cursor : "";
}

describe("listing audiences", () => {
  it("leads through all pages by the cursor after each", async () => {
    const emulator = withAudiences(5);
    const first = await list(emulator, "limit=2");
    const second = await list(emulator, `limit=2&after=${cursorOf(first, "after")}`);
    const third = await list(emulator, `limit=2&after=${cursorOf(second, "after")}`);
    expect([first, second, third].map(idsOf)).toEqual([["1", "2"], ["3", "4"], ["5"]]);
    expect([first, second, third].map((page) => "next" in pagingOf(page))).toEqual([
      true,
      true,
      false,
    ]);
    expect([first, second, third].map((page) => "previous" in pagingOf(page))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("leads back by the cursor before a page", async () => {
    const emulator = withAudiences(5);
    const second = await list(emulator, "limit=2&after=YXVkaWVuY2U6Mg");
    const first = await list(emulator, `limit=2&before=${cursorOf(second, "before")}`);
    expect(idsOf(first)).toEqual(["1", "2"]);
    expect(pagingOf(first)).toHaveProperty("next");
    expect(pagingOf(first)).not.toHaveProperty("previous");
  });

  it("puts a token into the link to the next page, but not the caller's", async () => {
    const first = await list(withAudiences(3), "limit=2&fields=id,name");
    expect(pagingOf(first)["next"]).toBe(
      `https://graph.facebook.com/${API_VERSION}/act_1/customaudiences?access_token=EAAEmulatedTokenInAPagingLink&fields=id%2Cname&limit=2&after=YXVkaWVuY2U6Mg`,
    );
  });

  it("gives 25 audiences when no limit is asked for", async () => {
    const page = await list(withAudiences(26), "");
    expect(idsOf(page)).toHaveLength(25);
    expect(pagingOf(page)).toHaveProperty("next");
  });

  it("keeps to the ad account, whose list may be empty", async () => {
    const emulator = withAudiences(1);
    expect(idsOf(await list(emulator, ""))).toEqual(["1"]);
    const reply = await ask(emulator, "GET", "/act_3/customaudiences");
    expect(reply.body).toEqual({ data: [] });
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=many", "limit"],
    ["after=nonsense", "after"],
    ["before=nonsense", "before"],
    ["filtering=[]", "filtering"],
  ])("refuses %s", async (query, field) => {
    expect(await list(withAudiences(1), query)).toMatchObject({
      error: { code: 100, error_data: { blame_field_specs: [[field]] } },
    });
  });
});
