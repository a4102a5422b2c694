import { describe, expect, it } from "vitest";
import { ask, emulatorAt } from "./ask.js";

describe("an ad account", () => {
  it("is active, with all terms accepted, and shows its id alone when no field is named", async () => {
    const { emulator } = emulatorAt();
    expect(
      await ask(emulator, "GET", "/act_7?fields=account_id,name,account_status,tos_accepted"),
    ).toEqual({
      status: 200,
      body: {
        account_id: "7",
        name: "Ad account 7",
        account_status: 1,
        tos_accepted: {
          custom_audience_tos: 1,
          value_based_custom_audience_tos: 1,
          web_custom_audience_tos: 1,
        },
        id: "act_7",
      },
    });
    expect(await ask(emulator, "GET", "/act_7")).toEqual({ status: 200, body: { id: "act_7" } });
  });

  it("shows no terms where nobody has accepted them", async () => {
    const { emulator } = emulatorAt({ accountsWithoutTerms: ["7"] });
    expect(await ask(emulator, "GET", "/act_7?fields=tos_accepted,user_tos_accepted")).toEqual({
      status: 200,
      body: { tos_accepted: {}, user_tos_accepted: {}, id: "act_7" },
    });
  });

  it("is unknown by code 100/33 where only others exist, and refuses a strange field", async () => {
    const { emulator } = emulatorAt({ adAccounts: ["1"] });
    expect(await ask(emulator, "GET", "/act_7")).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
    const strange: unknown = expect.stringContaining("on an ad account");
    expect(await ask(emulator, "GET", "/act_1?fields=operation_status")).toMatchObject({
      status: 400,
      body: { error: { message: strange } },
    });
  });
});

describe("a pixel", () => {
  it("is read by its id where it exists, and by what only a pixel has where every id is one", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/456?fields=name,is_unavailable")).toEqual({
      status: 200,
      body: { name: "Pixel 456", is_unavailable: false, id: "456" },
    });
    expect(await ask(emulator, "GET", "/456")).toMatchObject({
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });

  it("is unknown where only others exist, and refuses a field of audiences", async () => {
    const { emulator } = emulatorAt({ pixels: ["1"] });
    expect(await ask(emulator, "GET", "/456?fields=is_unavailable")).toMatchObject({
      body: { error: { code: 100, error_subcode: 33 } },
    });
    const strange: unknown = expect.stringContaining("(subtype) on a pixel");
    expect(await ask(emulator, "GET", "/1?fields=is_unavailable,subtype")).toMatchObject({
      status: 400,
      body: { error: { message: strange } },
    });
  });
});
