import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoneProblems } from "../../src/sources/zone-problems.js";
import { event } from "./declarations.js";
import { postgresSource, startWarehouse, type Warehouse } from "./postgres.js";
import { failureOf, opened, PLACE, problemsOf, rowsOf } from "./sources.js";

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await startWarehouse(
    "CREATE TABLE orders AS SELECT i AS id, 'buyer-' || i || '@example.test' AS email FROM generate_series(1, 10000) i",
    "CREATE FUNCTION log_order() RETURNS int LANGUAGE sql AS 'INSERT INTO orders VALUES (0) RETURNING id'",
    "CREATE FUNCTION complain(code text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'Anna Secret owes us' USING ERRCODE = code; END $$",
  );
});

afterAll(() => warehouse.end());

function query(sql: string, timeout?: number) {
  return postgresSource(warehouse.url, sql, timeout);
}

describe("SQL over a Postgres database", () => {
  it("streams the query's rows in its order", async () => {
    const source = await opened(query("SELECT id, email FROM orders ORDER BY id DESC; -- newest"));
    expect(source.columns).toEqual([
      { name: "id", type: "INT4" },
      { name: "email", type: "TEXT" },
    ]);
    const rows = await rowsOf(source, ["email", "id"]);
    expect(rows).toHaveLength(10_000);
    expect([rows[0], rows[9_999]]).toEqual([
      ["buyer-10000@example.test", 10_000],
      ["buyer-1@example.test", 1],
    ]);
  });

  it("gives its rows again when it is asked again, and all of them without any column", async () => {
    const source = await opened(query("VALUES (1, 'a'), (2, 'b')"));
    expect(await rowsOf(source, ["column2"])).toEqual([["a"], ["b"]]);
    expect(await rowsOf(source)).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    expect(await rowsOf(source, [])).toEqual([[], []]);
  });

  it("has no rows when the query finds none", async () => {
    expect(await rowsOf(await opened(query("SELECT id FROM orders WHERE false")))).toEqual([]);
  });

  it("keeps two columns of one name apart, so that the declaration can be refused", async () => {
    const source = await opened(query("SELECT 1 AS a, 2 AS a"));
    expect(source.columns.map(({ name }) => name)).toEqual(["a", "a"]);
  });

  it("fetches large rows a few at a time", async () => {
    const source = await opened(
      query("SELECT repeat('x', 300000) AS big FROM generate_series(1, 200)"),
    );
    const sizes: number[] = [];
    for await (const { rows } of source.batches(["big"])) sizes.push(rows);
    expect(sizes[0]).toBe(64);
    expect(Math.max(...sizes.slice(1))).toBe(3);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(200);
  });

  it("never writes", async () => {
    const refusals = [
      [
        "DELETE FROM orders",
        'syntax error at or near "DELETE" at line 1, column 1 of the query (SQLSTATE 42601)',
      ],
      [
        "DROP TABLE orders",
        'syntax error at or near "DROP" at line 1, column 1 of the query (SQLSTATE 42601)',
      ],
      [
        "SET TRANSACTION READ WRITE",
        'syntax error at or near "SET" at line 1, column 1 of the query (SQLSTATE 42601)',
      ],
      [
        "COPY orders TO '/tmp/x'",
        'syntax error at or near "COPY" at line 1, column 1 of the query (SQLSTATE 42601)',
      ],
      ["SELECT 1; DELETE FROM orders", "it is more than one statement"],
      ["SELECT 1; COMMIT; DELETE FROM orders", "it is more than one statement"],
      [
        "WITH gone AS (DELETE FROM orders RETURNING id) SELECT id FROM gone",
        "DECLARE CURSOR must not contain data-modifying statements in WITH (SQLSTATE 0A000)",
      ],
      ["SELECT id INTO copy FROM orders", "DECLARE CURSOR must not contain SELECT INTO"],
    ] as const;
    for (const [sql, reason] of refusals) {
      const [problem] = await problemsOf(query(sql));
      expect(problem).toMatchObject({
        code: "source.sql",
        remedy: "Write one SELECT; a source is only read.",
        place: PLACE,
      });
      if (sql.includes("INTO")) expect(problem?.message).toMatch(/INTO/);
      else expect(problem?.message).toBe(`\`sql\` does not run: ${reason}`);
    }
    const source = await opened(query("SELECT log_order() AS id"));
    expect((await failureOf(source))?.message).toBe(
      "the source broke off: cannot execute INSERT in a read-only transaction (SQLSTATE 25006)",
    );
    const [row] = await rowsOf(await opened(query("SELECT count(*) AS n FROM orders")));
    expect(row).toEqual([10_000]);
  });

  it("needs a statement", async () => {
    for (const sql of [";", "-- nothing"])
      expect((await problemsOf(query(sql)))[0]?.message).toBe("`sql` holds no statement");
  });

  it("repeats what the server says about it, and where", async () => {
    expect(await problemsOf(query("SELECT id,\n  '👋' AS wave, emial\nFROM orders"))).toEqual([
      {
        code: "source.sql",
        severity: "error",
        message:
          '`sql` does not run: column "emial" does not exist at line 2, column 17 of the query (SQLSTATE 42703). Perhaps you meant to reference the column "orders.email".',
        remedy: "Write one SELECT; a source is only read.",
        place: PLACE,
      },
    ]);
    expect((await problemsOf(query("SELECT 1 FROM nowhere")))[0]?.message).toBe(
      '`sql` does not run: relation "nowhere" does not exist at line 1, column 15 of the query (SQLSTATE 42P01)',
    );
  });

  it("breaks off at a value that does not convert, without repeating the value", async () => {
    const source = await opened(query("SELECT email::int AS n FROM orders"));
    expect(await failureOf(source)).toEqual({
      code: "source.failed",
      severity: "error",
      message: "the source broke off: invalid input syntax for type integer: '…' (SQLSTATE 22P02)",
      remedy: "Mend the source and run again; rows that were delivered before stay delivered.",
      place: PLACE,
    });
  });

  it.each(["P0001", "22023", "42601"])(
    "does not repeat what a function of somebody's own says, as %s",
    async (code) => {
      const source = await opened(query(`SELECT complain('${code}') AS n`));
      expect((await failureOf(source))?.message).toBe(
        `the source broke off: the server refuses to go on (SQLSTATE ${code})`,
      );
    },
  );

  it("is given up when a step takes longer than its statement timeout", async () => {
    const source = await opened(query("SELECT id, pg_sleep(5) FROM orders", 1));
    expect(await failureOf(source)).toEqual({
      code: "source.timeout",
      severity: "error",
      message:
        "the server gave the query up: it took longer than its `statement_timeout`, or was cancelled",
      remedy:
        "Make the query faster, or write a longer one beside `sql`, like `statement_timeout: 30m`.",
      place: PLACE,
    });
  });

  it("finds times without a zone by their type", async () => {
    const found = async (expression: string) => {
      const sql = `SELECT 1 AS id, 'Lead' AS name, ${expression} AS at`;
      return (await zoneProblems(event(), await opened(query(sql)))).map(({ code }) => code);
    };
    expect(await found("now()::timestamp")).toEqual(["sync.time_without_zone"]);
    expect(await found("now()")).toEqual([]);
    expect(await found("current_date")).toEqual(["sync.date_without_time"]);
    expect(await found("'2026-04-30 12:00:00'::text")).toEqual(["sync.time_without_zone"]);
    expect(await found("'2026-04-30 12:00:00+02'::text")).toEqual([]);
    expect(await found("'\"2026-04-30T12:00:00\"'::jsonb")).toEqual(["sync.time_without_zone"]);
  });
});
