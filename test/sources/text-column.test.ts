import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileSource, folderWith, opened, PLACE, rowsOf } from "./sources.js";

/** Around the twelve bytes up to which the engine holds texts in another way, and beyond a page of memory. */
const size = fc.oneof(
  { weight: 4, arbitrary: fc.nat(16) },
  { weight: 2, arbitrary: fc.nat(300) },
  { weight: 1, arbitrary: fc.integer({ min: 4_000, max: 9_000 }) },
);

const letter = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("0", "a", "Z", "@", ".") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(",", ";", '"', "'", "\\", "\r", "\n", "\t", "\u001f", " "),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("\u007f", "\u0080", "ü", "ß", "İ", "\u2028", "\uFEFF", "字", "🦆"),
  },
);

const text = fc
  .tuple(size, fc.array(letter, { minLength: 1, maxLength: 9 }))
  .map(([length, letters]) => letters.join("").repeat(Math.ceil(length / letters.length)));

const cell = fc.option(fc.oneof(text, fc.string({ unit: "binary" })), { freq: 6, nil: null });

const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 40,
  }),
);

/** What the engine's own getters give; they leave out the byte order mark that a text begins with. */
async function plainRows(sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

function withoutMarks(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return rows.map((row) =>
    row.map((value) => (typeof value === "string" ? value.replace(/^\uFEFF/, "") : value)),
  );
}

function csvCell(value: string | null): string {
  return value === null ? "" : `"${value.replaceAll('"', '""')}"`;
}

function sqlCell(value: string | null): string {
  return value === null
    ? "NULL::VARCHAR"
    : `'${value.replaceAll("'", "''").split("\0").join("' || chr(0) || '")}'`;
}

describe("a column of texts", () => {
  it("of a CSV file is what was written into it, whatever it is", { timeout: 60_000 }, async () => {
    // A file with the character NUL is taken for one that is not UTF-8.
    const csvTable = table.map((rows) =>
      rows.map((row) => row.map((value) => value?.replaceAll("\0", "") ?? null)),
    );
    await fc.assert(
      fc.asyncProperty(csvTable, async (rows) => {
        const names = (rows[0] ?? []).map((_, index) => `c${String(index)}`);
        // A line of one empty cell is no row.
        const lines = rows.map((row) => [...row, "end"].map(csvCell).join(","));
        const folder = await folderWith({
          "a.csv": [[...names, "e"].join(","), ...lines, ""].join("\n"),
        });
        const file = path.join(folder, "a.csv");
        const source = await opened(fileSource(file));
        const read = await rowsOf(source, names);
        source.close();
        expect(read).toEqual(rows.map((row) => row.map((value) => (value === "" ? null : value))));
        const columns = [...names, "e"].map((name) => `${name}: 'VARCHAR'`).join(", ");
        const sql = `SELECT ${names.join(", ")} FROM read_csv('${file}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns}})`;
        expect(withoutMarks(read)).toEqual(await plainRows(sql));
      }),
      { numRuns: 60 },
    );
  });

  it(
    "of SQL is what the engine holds, empty texts and NUL among it",
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(table, async (rows) => {
          const values = rows.map((row) => `(${row.map(sqlCell).join(", ")})`).join(", ");
          const source = await opened({
            kind: "duckdb",
            database: ":memory:",
            sql: `SELECT * FROM (VALUES ${values})`,
            place: PLACE,
          });
          const read = await rowsOf(source);
          expect(read).toEqual(rows);
          expect(withoutMarks(read)).toEqual(await plainRows(`SELECT * FROM (VALUES ${values})`));
        }),
        { numRuns: 60 },
      );
    },
  );

  it("keeps to its rows over many of them, read in another order than they lie in memory", async () => {
    const text = (row: number) =>
      row % 7 === 0 ? null : `${row % 3 === 0 ? "ü" : "u"}${"x".repeat(row % 40)}${String(row)}`;
    const source = await opened({
      kind: "duckdb",
      database: ":memory:",
      sql: `SELECT CASE WHEN i % 7 = 0 THEN NULL
          ELSE CASE WHEN i % 3 = 0 THEN 'ü' ELSE 'u' END || repeat('x', (i % 40)::INT) || i::VARCHAR END AS t
        FROM range(10000) r(i) ORDER BY hash(i), i`,
      place: PLACE,
    });
    const expected = Array.from({ length: 10_000 }, (_, row) => text(row));
    const read = (await rowsOf(source)).map(([value]) => value ?? null);
    expect(read.toSorted()).toEqual(expected.toSorted());
    expect(read).not.toEqual(expected);
  });
});
