import { describe, expect, it } from "vitest";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { columnTypeProblems } from "../../src/sync/column-types.js";
import { audienceMapping, eventMapping } from "../mapping/render.js";
import { all, event, of, state, value } from "../sources/declarations.js";
import { opened, PLACE } from "../sources/sources.js";

const FIELDS = `
  event_name: event_name
  event_time: [payload.at, occurred_at]
  opt_out: payload.flag
  user_data:
    em: {from: payload.mail, normalize: meta_email, hash: sha256}
    client_user_agent: payload.agent
  custom_data:
    value: payload.amount
    content_ids: payload.ids
    contents: payload.contents
    since: {from: payload.since, as: date}
    own: payload.own
    status: {from: payload.status, map: {"true": won}}
    order_id: key.order
`;

/** Field and type of every pair that is refused, of each type at each field that it is declared for. */
function refused(type: string, name: string, mapping: CheckedMapping = eventMapping(FIELDS)) {
  const declaration = event({ key: { order: of("o") }, payload: { [name]: of("c") } });
  return columnTypeProblems(declaration, mapping, [{ name: "c", type }]).length > 0;
}

const TYPES = ["BOOLEAN", "DECIMAL(18,3)", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DATE", "TIME"];
const OTHERS = ["VARCHAR[]", "STRUCT(a INTEGER)", "VARCHAR", "JSON"];

describe("the types of columns", () => {
  it.each([
    ["at", ["BOOLEAN", "TIMESTAMP", "DATE", "TIME", "VARCHAR[]", "STRUCT(a INTEGER)"]],
    ["flag", ["TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DATE", "TIME", ...OTHERS.slice(0, 2)]],
    ["mail", ["BOOLEAN", "STRUCT(a INTEGER)"]],
    ["agent", ["BOOLEAN", "VARCHAR[]", "STRUCT(a INTEGER)"]],
    ["amount", [...TYPES.filter((type) => type !== "DECIMAL(18,3)"), ...OTHERS.slice(0, 2)]],
    ["ids", ["BOOLEAN", "STRUCT(a INTEGER)"]],
    ["contents", TYPES],
    ["since", ["BOOLEAN", "TIMESTAMP", "TIME", "VARCHAR[]", "STRUCT(a INTEGER)"]],
    ["own", []],
    ["status", []],
  ])("at payload.%s are refused where no value fits", (name, expected) => {
    expect([...TYPES, ...OTHERS].filter((type) => refused(type, name))).toEqual(expected);
  });

  it("are told with the column, what its field takes, and what to do", () => {
    const declaration = event({ payload: { amount: of("paid", "due"), own: of("paid") } });
    expect(
      columnTypeProblems(declaration, eventMapping(FIELDS), [
        { name: "paid", type: "BOOL" },
        { name: "due", type: "NUMERIC" },
      ]),
    ).toEqual([
      {
        code: "sync.column_type",
        severity: "error",
        message:
          'column `paid` is BOOL, and `custom_data.value` takes none of that; the field takes a number: "What the event is worth in money, where zero is a value too"',
        remedy: "Cast it in the query to what the field takes, or declare another column.",
        place: { kind: "value", source: "sync.yaml", path: "paid" },
      },
    ]);
  });

  it("of a property of one's own are held against `as`", () => {
    const declaration = event({ payload: { since: of("c") } });
    const [problem] = columnTypeProblems(declaration, eventMapping(FIELDS), [
      { name: "c", type: "BOOLEAN" },
    ]);
    expect(problem?.message).toBe(
      "column `c` is BOOLEAN, and `custom_data.since` never becomes `date` of that",
    );
  });

  it("are held against keys, columns of audiences, consent and countries", () => {
    const mapping = audienceMapping(
      [
        "PHONE: {identifier: phone, normalize: meta_phone, country: payload.land, hash: sha256}",
        "LOOKALIKE_VALUE: payload.worth",
        "EXTERN_ID: key.id",
      ].join("\n"),
      "only_if: payload.consent",
    );
    const declaration = state({
      key: { id: of("c") },
      payload: { land: of("c"), worth: of("c"), consent: of("c") },
    });
    const fields = (type: string) =>
      columnTypeProblems(declaration, mapping, [{ name: "c", type }]).map(
        ({ message }) => /, and `([^`]+)`/.exec(message)?.[1],
      );
    expect(fields("BOOLEAN")).toEqual(["LOOKALIKE_VALUE", "EXTERN_ID", "PHONE.country"]);
    expect(fields("DATE")).toEqual(["LOOKALIKE_VALUE", "only_if"]);
  });

  it("are held against Meta's fields in a rest, but for what the mapping reads elsewhere", () => {
    const fields = [
      "event_source_url: payload.predicted_ltv",
      "custom_data:",
      '  "*": {from: [payload.inner, payload], except: [num_items]}',
    ];
    const names = ["value", "currency", "num_items", "predicted_ltv", "own"];
    const declaration = event({ payload: Object.fromEntries(names.map((one) => [one, of("c")])) });
    const found = columnTypeProblems(declaration, eventMapping(fields.join("\n")), [
      { name: "c", type: "BOOLEAN" },
    ]);
    expect(found.map(({ message }) => /, and `([^`]+)`/.exec(message)?.[1])).toEqual([
      "event_source_url",
      "custom_data.value",
      "custom_data.currency",
    ]);
  });

  it("that are no text or whole number name nobody", () => {
    const declaration = event({
      identifiers: { email: all("flag", "mail"), phone: of("person"), external_id: value(1) },
    });
    const columns = [
      { name: "flag", type: "BOOLEAN" },
      { name: "mail", type: "VARCHAR[]" },
      { name: "person", type: "STRUCT(phone VARCHAR)" },
    ];
    const found = columnTypeProblems(declaration, eventMapping(FIELDS), columns);
    expect(found.map(({ message }) => message)).toEqual([
      "column `flag` is BOOLEAN, and an identifier (`email`) is text or a whole number",
      "column `person` is STRUCT(phone VARCHAR), and an identifier (`phone`) is text or a whole number",
    ]);
  });

  it("are not looked at below a column, of several together, and of constants", () => {
    const mapping = eventMapping("custom_data: {value: payload.a.b, num_items: payload.c}");
    const declaration = event({ payload: { a: of("flag"), c: all("flag") } });
    const constant = event({ payload: { c: value(true) } });
    const columns = [{ name: "flag", type: "BOOLEAN" }];
    expect(columnTypeProblems(declaration, mapping, columns)).toEqual([]);
    expect(columnTypeProblems(constant, mapping, columns)).toEqual([]);
  });

  it("are those that the engine names", async () => {
    const source = await opened({
      kind: "duckdb",
      database: ":memory:",
      sql: `SELECT true AS c1, 1.5::DECIMAL(5,2) AS c2, now()::TIMESTAMP AS c3, now() AS c4,
        DATE '2026-01-01' AS c5, [1] AS c6, {a: 1} AS c7, 'x' AS c8, 1 AS c9, MAP {'a': 1} AS c10`,
      place: PLACE,
    });
    const declaration = event({ payload: { at: of(...source.columns.map(({ name }) => name)) } });
    const found = columnTypeProblems(declaration, eventMapping(FIELDS), source.columns);
    expect(found.map(({ message }) => /`(c\d+)`/.exec(message)?.[1])).toEqual([
      ...["c1", "c3", "c5", "c6", "c7", "c10"],
    ]);
  });
});
