import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../src/core/json.js";
import { runStatements, startPostgres, type PostgresServer } from "../postgres/server.js";
import { postgresSource } from "./postgres.js";
import { failureOf, opened, rowsOf } from "./sources.js";

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.freshDatabase();
  await runStatements(
    url,
    "CREATE TYPE tier AS ENUM ('gold', 'silver')",
    "CREATE DOMAIN amount AS numeric(30, 10)",
    "CREATE DOMAIN tall AS amount",
    "CREATE TYPE pair AS (a int, b text)",
    // What a role or a database may have set must not change what values look like.
    "ALTER DATABASE fresh_1 SET DateStyle = 'German'",
    "ALTER DATABASE fresh_1 SET TimeZone = 'America/New_York'",
    "ALTER DATABASE fresh_1 SET extra_float_digits = 0",
    "ALTER DATABASE fresh_1 SET bytea_output = 'escape'",
  );
});

afterAll(() => server.stop());

async function typeAndValue(expression: string): Promise<readonly [string, Json]> {
  const source = await opened(postgresSource(url, `SELECT ${expression} AS value`));
  const [row] = await rowsOf(source);
  return [source.columns[0]?.type ?? "", row?.[0] ?? null];
}

describe("a value of Postgres", () => {
  it.each<readonly [expression: string, type: string, value: Json]>([
    ["true", "BOOL", true],
    ["false", "BOOL", false],
    ["NULL::bool", "BOOL", null],
    ["7::int2", "INT2", 7],
    ["-7::int4", "INT4", -7],
    ["9007199254740991::int8", "INT8", 9007199254740991],
    ["9007199254740992::int8", "INT8", "9007199254740992"],
    ["'-9223372036854775808'::int8", "INT8", "-9223372036854775808"],
    ["12.50::numeric(10,2)", "NUMERIC", "12.50"],
    [
      "1234567890123456789012345678901234567890.000000000000000000010::numeric",
      "NUMERIC",
      "1234567890123456789012345678901234567890.000000000000000000010",
    ],
    ["'NaN'::numeric", "NUMERIC", "NaN"],
    ["0.1::float4", "FLOAT4", 0.1],
    ["0.1::float8 + 0.2::float8", "FLOAT8", 0.30000000000000004],
    ["1e300::float8", "FLOAT8", String(BigInt(1e300))],
    ["'-infinity'::float8", "FLOAT8", "-Infinity"],
    ["'NaN'::float8", "FLOAT8", "NaN"],
    ["'  text '::text", "TEXT", "  text "],
    ["''::varchar(5)", "VARCHAR", ""],
    ["'ab'::char(4)", "BPCHAR", "ab  "],
    ["'Zoë 👋 \\\"x\\\"'", "TEXT", 'Zoë 👋 \\"x\\"'],
    ["U&'\\FFFD'", "TEXT", "\uFFFD"],
    ["'gold'::tier", "TIER", "gold"],
    ["12.5::tall", "NUMERIC", "12.5000000000"],
    [
      "'2f0a5c4e-1111-4222-8333-123456789abc'::uuid",
      "UUID",
      "2f0a5c4e-1111-4222-8333-123456789abc",
    ],
    ["DATE '2026-04-30'", "DATE", "2026-04-30"],
    ["TIME '10:00:00.000001'", "TIME", "10:00:00.000001"],
    ["TIMESTAMP '2026-04-30 12:00:00'", "TIMESTAMP", "2026-04-30T12:00:00"],
    ["TIMESTAMP '2026-04-30 12:00:00.000123'", "TIMESTAMP", "2026-04-30T12:00:00.000123"],
    ["'infinity'::timestamp", "TIMESTAMP", "infinity"],
    ["TIMESTAMPTZ '2026-04-30 14:00:00+02'", "TIMESTAMPTZ", "2026-04-30T12:00:00Z"],
    ["TIMESTAMPTZ '2026-04-30 14:00:00.250001+02'", "TIMESTAMPTZ", "2026-04-30T12:00:00.250001Z"],
    ["INTERVAL '1 day 2 hours'", "INTERVAL", "1 day 02:00:00"],
    ["'192.0.2.1'::inet", "INET", "192.0.2.1"],
    ["ROW(1, 'x')::pair", "PAIR", "(1,x)"],
    [
      `'{"b": 12345678901234567890, "a": [1, 1.50]}'::json`,
      "JSON",
      { a: [1, 1.5], b: "12345678901234567890" },
    ],
    [
      `'{"b": 12345678901234567890, "a": null}'::jsonb`,
      "JSONB",
      { a: null, b: "12345678901234567890" },
    ],
    ["'null'::jsonb", "JSONB", null],
    ["(repeat('[', 70) || repeat(']', 70))::json", "JSON", `${"[".repeat(70)}${"]".repeat(70)}`],
    ["ARRAY[1, NULL, 3]", "INT4[]", [1, null, 3]],
    ["ARRAY[1, 12345678901234567]::int8[]", "INT8[]", [1, "12345678901234567"]],
    ["ARRAY[1.50, 2]::numeric(4,2)[]", "NUMERIC[]", ["1.50", "2.00"]],
    ["ARRAY[1.5]::tall[]", "NUMERIC[]", ["1.5000000000"]],
    ["ARRAY[true, false]", "BOOL[]", [true, false]],
    [
      `ARRAY['a', 'b,c', 'd"e', 'f\\g', '{h}', '', 'NULL', NULL, E'i\\nj', ' k ']`,
      "TEXT[]",
      ["a", "b,c", 'd"e', "f\\g", "{h}", "", "NULL", null, "i\nj", " k "],
    ],
    ["ARRAY[]::text[]", "TEXT[]", []],
    ["NULL::text[]", "TEXT[]", null],
    [
      "ARRAY[[1, 2], [3, 4]]",
      "INT4[]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["'[0:1]={5,6}'::int[]", "INT4[]", [5, 6]],
    ["ARRAY['gold', 'silver']::tier[]", "TIER[]", ["gold", "silver"]],
    ["ARRAY[box '(1,1),(0,0)', box '(2,2),(1,1)']", "BOX[]", ["(1,1),(0,0)", "(2,2),(1,1)"]],
    [`ARRAY['{"a": 1}', '[2]']::jsonb[]`, "JSONB[]", [{ a: 1 }, [2]]],
    ["ARRAY[TIMESTAMPTZ '2026-04-30 14:00:00+02']", "TIMESTAMPTZ[]", ["2026-04-30T12:00:00Z"]],
    ["'1 2'::int2vector", "INT2VECTOR", "1 2"],
  ])("%s is of the type %s and becomes %j", async (expression, type, value) => {
    expect(await typeAndValue(expression)).toEqual([type, value]);
  });

  it.each(["'\\x00ff'::bytea", "ARRAY['\\x00'::bytea]"])(
    "that is binary is refused when it is asked for, and only then: %s",
    async (expression) => {
      const source = await opened(postgresSource(url, `SELECT 1 AS id, ${expression} AS raw`));
      expect(await rowsOf(source, ["id"])).toEqual([[1]]);
      const failure = await failureOf(source);
      expect(failure?.code).toBe("source.binary_column");
      expect(failure?.message).toMatch(/^column `raw` holds binary data \(BYTEA(\[\])?\)$/);
    },
  );

  it("that no encoding gives a meaning breaks the source off", async () => {
    await runStatements(
      server.url,
      "CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'",
    );
    const source = await opened(
      postgresSource(
        server.url.replace(/postgres$/, "bytes"),
        "SELECT convert_from('\\xff'::bytea, 'SQL_ASCII') AS name",
      ),
    );
    expect((await failureOf(source))?.message).toBe(
      "the source broke off: invalid byte sequence for encoding '…' (SQLSTATE 22021)",
    );
  });
});
