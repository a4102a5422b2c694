import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { SourceDeclaration } from "../../src/config/sync-file.js";
import type { Json } from "../../src/core/json.js";
import { failureOf, folderWith, opened, PLACE, problemsOf, rowsOf, runSql } from "./sources.js";

function query(sql: string, database = ":memory:"): SourceDeclaration {
  return { kind: "duckdb", database, sql, place: PLACE };
}

async function valueOf(expression: string): Promise<Json | undefined> {
  const source = await opened(query(`SELECT ${expression} AS value`));
  return (await rowsOf(source))[0]?.[0];
}

describe("SQL over a DuckDB file", () => {
  it("streams the query's rows in its order", async () => {
    const folder = await folderWith({});
    const database = path.join(folder, "shop.duckdb");
    await runSql(database, "CREATE TABLE orders AS SELECT i AS id FROM range(10000) t(i)");
    const source = await opened(
      query("SELECT id FROM orders ORDER BY id DESC; -- newest", database),
    );
    expect(source.columns).toEqual([{ name: "id", type: "BIGINT" }]);
    const rows = await rowsOf(source);
    expect(rows).toHaveLength(10_000);
    expect([rows[0], rows[9_999]]).toEqual([[9_999], [0]]);
  });

  it("never writes", async () => {
    const folder = await folderWith({});
    const database = path.join(folder, "shop.duckdb");
    await runSql(database, "CREATE TABLE orders AS SELECT 1 AS id");
    const copy = path.join(folder, "copy.csv");
    const refusals = [
      ["DELETE FROM orders", /DELETE/],
      ["DROP TABLE orders", /DROP/],
      ["CREATE TABLE t AS SELECT 1", /CREATE/],
      [`COPY orders TO '${copy}'`, /COPY/],
      ["SET threads = 8", /SET/],
      ["INSTALL httpfs", /LOAD/],
    ] as const;
    for (const [sql, message] of refusals) {
      const [problem] = await problemsOf(query(sql, database));
      expect(problem?.code).toBe("source.sql");
      expect(problem?.message).toMatch(message);
      expect(problem?.remedy).toBe("Write one SELECT; a source is only read.");
    }
    expect(await readdir(folder)).toEqual(["shop.duckdb"]);
  });

  it("is one statement", async () => {
    expect((await problemsOf(query("SELECT 1; SELECT 2")))[0]?.message).toBe(
      "`sql` holds 2 statements",
    );
    for (const sql of ["", "-- nothing"])
      expect((await problemsOf(query(sql)))[0]?.message).toBe("`sql` holds no statement");
  });

  it("repeats what the engine says about it", async () => {
    expect(await problemsOf(query("SELECT emial FROM (SELECT 1 AS email)"))).toEqual([
      {
        code: "source.sql",
        severity: "error",
        message:
          '`sql` does not run: Binder Error: Referenced column "emial" not found in FROM clause! Candidate bindings: "email"',
        remedy: "Write one SELECT; a source is only read.",
        place: PLACE,
      },
    ]);
    expect((await problemsOf(query("SELEC 1")))[0]?.message).toBe(
      '`sql` does not run: Parser Error: syntax error at or near "SELEC"',
    );
  });

  it("needs a database that is there and is one", async () => {
    const folder = await folderWith({ "a.duckdb": "id,email\n1,a@example.test\n" });
    const missing = path.join(folder, "b.duckdb");
    expect((await problemsOf(query("SELECT 1", missing)))[0]).toMatchObject({
      code: "source.missing_file",
      message: `there is no database \`${missing}\` that can be read`,
    });
    const wrong = path.join(folder, "a.duckdb");
    expect((await problemsOf(query("SELECT 1", wrong)))[0]).toMatchObject({
      code: "source.database",
      message: `\`${wrong}\` is not a DuckDB database`,
    });
  });

  it("breaks off at a value that does not convert, without repeating the value", async () => {
    const folder = await folderWith({});
    const database = path.join(folder, "shop.duckdb");
    await runSql(database, `CREATE TABLE t AS SELECT 'anna''s.secret@example.test' AS email`);
    const source = await opened(query("SELECT email::INTEGER AS n FROM t", database));
    const failure = await failureOf(source);
    expect(failure?.code).toBe("source.failed");
    expect(failure?.message).toMatch(/^the source broke off: Conversion Error: Could not convert/);
    expect(failure?.message).not.toMatch(/anna|secret/);
  });

  it("refuses binary data when it is asked for, and only then", async () => {
    const source = await opened(query("SELECT 1 AS id, 'ab'::BLOB AS raw"));
    expect(await rowsOf(source, ["id"])).toEqual([[1]]);
    expect(await failureOf(source)).toMatchObject({
      code: "source.binary_column",
      message: "column `raw` holds binary data (BLOB)",
    });
  });
});

describe("a value of the engine", () => {
  it.each<readonly [string, Json]>([
    ["9007199254740991::BIGINT", 9007199254740991],
    ["9007199254740992::BIGINT", "9007199254740992"],
    ["-9007199254740993::BIGINT", "-9007199254740993"],
    ["18446744073709551615::UBIGINT", "18446744073709551615"],
    ["7::HUGEINT", 7],
    ["170141183460469231731687303715884105727::HUGEINT", "170141183460469231731687303715884105727"],
    ["12.50::DECIMAL(10,2)", "12.50"],
    ["-0.05::DECIMAL(4,2)", "-0.05"],
    ["1.2345678901234567890123456789::DECIMAL(38,28)", "1.2345678901234567890123456789"],
    ["0.1::FLOAT", 0.1],
    ["16777216::FLOAT", 16777216],
    ["0.1::DOUBLE", 0.1],
    ["1e300::DOUBLE", String(BigInt(1e300))],
    ["'nan'::DOUBLE", "NaN"],
    ["'infinity'::DOUBLE", "Infinity"],
    ["'-infinity'::FLOAT", "-Infinity"],
    ["true", true],
    ["NULL", null],
    ["'  text '", "  text "],
    ["'b'::ENUM('a', 'b')", "b"],
    ["'2f0a5c4e-1111-4222-8333-123456789abc'::UUID", "2f0a5c4e-1111-4222-8333-123456789abc"],
    ["DATE '2026-04-30'", "2026-04-30"],
    ["TIME '10:00:00'", "10:00:00"],
    ["TIMESTAMP '2026-04-30 12:00:00'", "2026-04-30T12:00:00"],
    ["TIMESTAMP '2026-04-30 12:00:00.000123'", "2026-04-30T12:00:00.000123"],
    ["TIMESTAMP '1969-12-31 23:59:59.5'", "1969-12-31T23:59:59.5"],
    ["TIMESTAMP '3026-04-30 12:00:00'", "3026-04-30T12:00:00"],
    ["'infinity'::TIMESTAMP", "infinity"],
    ["TIMESTAMP_S '2026-04-30 12:00:00'", "2026-04-30T12:00:00"],
    ["TIMESTAMP_NS '2026-04-30 12:00:00.123456789'", "2026-04-30T12:00:00.123456789"],
    ["TIMESTAMPTZ '2026-04-30 14:00:00+02'", "2026-04-30T12:00:00Z"],
    ["TIMESTAMPTZ '2026-04-30 14:00:00.25+02'", "2026-04-30T12:00:00.25Z"],
    [
      "[1, NULL, 12345678901234567890]",
      [1, null, "12345678901234567890"]
        .map(String)
        .map((one, index) => (index === 1 ? null : one === "1" ? 1 : one)),
    ],
    ["[1.5, 2.25]::DECIMAL(4,2)[2]", ["1.50", "2.25"]],
    [
      "{'b': 1, 'a': [{'t': TIMESTAMP '2026-04-30 12:00:00'}]}",
      { a: [{ t: "2026-04-30T12:00:00" }], b: 1 },
    ],
    ["MAP {'k': 1.5::DECIMAL(3,1), 'j': NULL}", { j: null, k: "1.5" }],
    ["MAP {7: 'x'}", { "7": "x" }],
    ["union_value(n := 5::BIGINT)", 5],
    [`'{"b": 12345678901234567890, "a": [1]}'::JSON`, { a: [1], b: "12345678901234567890" }],
    ["(repeat('[', 70) || repeat(']', 70))::JSON", `${"[".repeat(70)}${"]".repeat(70)}`],
    [`['{"a": 1}'::JSON]`, [{ a: 1 }]],
  ])("%s becomes %j", async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected);
  });
});
