/** A value-based audience from its creation on, with consent and limited data use, day by day. */
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import { isJsonArray, isJsonObject, parseJson, type Json } from "../../../src/core/json.js";
import { MirrorWorld } from "./world.js";

const SYNC = `sync: people
source: { file: people.csv }
state:
  key: { id: id }
  target: { value: Customers by value }
  identifiers: { email: email }
  payload: { consent: consent, lifetime_value: value, data_processing_options: limited }
destination:
  mapping: custom_audiences.value
  credential_namespace: destinations.meta
  config: { ad_account_id: "1" }
`;

const source = (...rows: readonly string[]) =>
  ["id,email,consent,value,limited", ...rows, ""].join("\n");

function parsed(text: string): Json {
  const json = parseJson(text);
  if (!json.ok) throw new TypeError("a body is JSON");
  return json.value;
}

const mail = (name: string) => sha256(`${name}@example.test`);

describe("a value-based audience", () => {
  it("is created as one, and follows values, limits and consent", async () => {
    const world = new MirrorWorld();
    const created: Json[] = [];
    world.between = (meta) => async (request) => {
      if (request.url.includes("/customaudiences") && request.method === "POST")
        created.push(parsed(await request.clone().text()));
      return meta(request);
    };
    const run = async (...rows: readonly string[]) => {
      world.takeSent();
      const { status, failures } = await world.run(source(...rows), { sync: SYNC });
      expect({ status, failures }).toEqual({ status: "succeeded", failures: [] });
      return world.sent.map(({ method, body }) => {
        const json = parsed(body);
        const { schema, data } =
          isJsonObject(json) && isJsonObject(json["payload"]) ? json["payload"] : {};
        return {
          method,
          schema,
          rows: isJsonArray(data) ? data.map((row) => JSON.stringify(row)).sort() : [],
        };
      });
    };
    const cells = (...row: readonly Json[]) => JSON.stringify(row);
    const plain = ["EMAIL", "LOOKALIKE_VALUE"];
    const limited = [...plain, "DATA_PROCESSING_OPTIONS"];
    const unchanged = "4,d@example.test,1,7,";

    expect(
      await run(
        "1,a@example.test,true,10.5,",
        "2,b@example.test,1,20,",
        "3,c@example.test,1,0,LDU",
        unchanged,
      ),
    ).toEqual([
      {
        method: "POST",
        schema: limited,
        rows: [
          cells(mail("a"), 10.5, []),
          cells(mail("b"), 20, []),
          cells(mail("c"), 0, ["LDU"]),
          cells(mail("d"), 7, []),
        ].sort(),
      },
    ]);
    expect(created).toEqual([
      expect.objectContaining({
        name: "Customers by value",
        subtype: "CUSTOM",
        is_value_based: true,
      }),
    ]);

    // One withdraws consent, one is worth more, one is not limited any more.
    const second = [
      "1,a@example.test,false,10.5,",
      "2,b@example.test,1,21,",
      "3,c@example.test,1,0,",
    ];
    expect(await run(...second, unchanged)).toEqual([
      { method: "DELETE", schema: ["EMAIL"], rows: [cells(mail("a"))] },
      { method: "POST", schema: plain, rows: [cells(mail("b"), 21), cells(mail("c"), 0)].sort() },
    ]);
    expect(await run(...second, unchanged)).toEqual([]);
    expect(created).toHaveLength(1);
  });
});
