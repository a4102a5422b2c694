import { describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { ask, emulatorAt, NOW } from "./ask.js";

const BUYERS = {
  name: "Buyers",
  subtype: "CUSTOM",
  customer_file_source: "USER_PROVIDED_ONLY",
} as const;

describe("creating an audience", () => {
  it("gives numeric ids beyond 2^53, the same ones in the same order", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "POST", "/act_1/customaudiences", BUYERS)).toEqual({
      status: 200,
      body: { id: "120210000000000001" },
    });
    expect(await ask(emulator, "POST", "/act_1/customaudiences", BUYERS)).toEqual({
      status: 200,
      body: { id: "120210000000000002" },
    });
  });

  it("takes a name that another audience of the account has", async () => {
    const { emulator } = emulatorAt();
    await ask(emulator, "POST", "/act_1/customaudiences", BUYERS);
    await ask(emulator, "POST", "/act_1/customaudiences", BUYERS);
    expect(await ask(emulator, "GET", "/act_1/customaudiences?fields=name")).toMatchObject({
      body: {
        data: [
          { id: "120210000000000001", name: "Buyers" },
          { id: "120210000000000002", name: "Buyers" },
        ],
      },
    });
  });

  it("shows the new audience as one that nothing was uploaded to", async () => {
    const { emulator } = emulatorAt();
    await ask(emulator, "POST", "/act_1/customaudiences", { ...BUYERS, is_value_based: true });
    const fields = [
      "account_id",
      "name",
      "subtype",
      "customer_file_source",
      "is_value_based",
      "description",
      "approximate_count_lower_bound",
      "operation_status",
      "delivery_status",
      "time_created",
    ].join();
    expect(await ask(emulator, "GET", `/120210000000000001?fields=${fields}`)).toEqual({
      status: 200,
      body: {
        id: "120210000000000001",
        account_id: "1",
        name: "Buyers",
        subtype: "CUSTOM",
        customer_file_source: "USER_PROVIDED_ONLY",
        is_value_based: true,
        approximate_count_lower_bound: 0,
        operation_status: { code: 410, description: "Nothing uploaded yet" },
        delivery_status: { code: 300, description: "Too small to deliver" },
        time_created: NOW,
      },
    });
  });

  it.each([
    [{ ...BUYERS, name: 5 }, ["name"]],
    [{ ...BUYERS, subtype: "FRIENDS" }, ["subtype"]],
    [{ name: "Buyers", subtype: "CUSTOM" }, ["customer_file_source"]],
    [{ ...BUYERS, shoe_size: 42 }, ["shoe_size"]],
  ])("refuses %j and blames the field", async (body, field) => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "POST", "/act_1/customaudiences", body)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [field] } } },
    });
    expect(emulator.state().audiences).toEqual([]);
  });

  it("refuses a body that is no JSON", async () => {
    const { emulator } = emulatorAt();
    const response = await emulator.handle(
      new Request(`${ORIGIN}/${API_VERSION}/act_1/customaudiences`, {
        method: "POST",
        headers: { authorization: "Bearer emulator" },
        body: "name=Buyers",
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 100, message: "(#100) The body is not JSON" },
    });
  });

  it("knows no other ad accounts than the ones it was given", async () => {
    const { emulator } = emulatorAt({ adAccounts: ["1"] });
    expect((await ask(emulator, "POST", "/act_1/customaudiences", BUYERS)).status).toBe(200);
    expect(await ask(emulator, "POST", "/act_2/customaudiences", BUYERS)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });
});

describe("reading an audience", () => {
  it("gives only the id when no fields are asked for", async () => {
    const { emulator } = emulatorAt({ audiences: [{ id: "7", adAccountId: "1", name: "Seed" }] });
    expect(await ask(emulator, "GET", "/7")).toEqual({ status: 200, body: { id: "7" } });
  });

  it("shows a seeded audience as it was seeded", async () => {
    const { emulator } = emulatorAt({
      audiences: [
        {
          id: "7",
          adAccountId: "1",
          name: "Look",
          subtype: "LOOKALIKE",
          description: "Like buyers",
          operationStatus: 450,
        },
      ],
    });
    const reply = await ask(emulator, "GET", "/7?fields=subtype,description,operation_status");
    expect(reply.body).toEqual({
      id: "7",
      subtype: "LOOKALIKE",
      description: "Like buyers",
      operation_status: { code: 450, description: "Status 450" },
    });
  });

  it("never gives the id of a seeded audience to a new one", async () => {
    const { emulator } = emulatorAt({
      audiences: [{ id: "120210000000000001", adAccountId: "1", name: "Seed" }],
    });
    const reply = await ask(emulator, "POST", "/act_1/customaudiences", BUYERS);
    expect(reply.body).toEqual({ id: "120210000000000002" });
  });

  it("answers an unknown id with code 100 and subcode 33", async () => {
    const { emulator } = emulatorAt();
    expect(await ask(emulator, "GET", "/7")).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });

  it.each(["/7?fields=id,nothing", "/act_1/customaudiences?fields=nothing"])(
    "refuses the field `nothing` in %s",
    async (path) => {
      const { emulator } = emulatorAt({ audiences: [{ id: "7", adAccountId: "1", name: "Seed" }] });
      expect(await ask(emulator, "GET", path)).toMatchObject({
        status: 400,
        body: { error: { code: 100, error_data: { blame_field_specs: [["fields"]] } } },
      });
    },
  );
});
