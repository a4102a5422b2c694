import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileSource, folderWith, opened, problemsOf, rowsOf, runSql } from "./sources.js";

async function parquet(name: string, query: string, folder: string): Promise<string> {
  const file = path.join(folder, name);
  await runSql(":memory:", `COPY (${query}) TO '${file}' (FORMAT parquet)`);
  return file;
}

describe("a Parquet file", () => {
  it("gives typed values as JSON", async () => {
    const file = await parquet(
      "a.parquet",
      `SELECT '007' AS zip, 12345678901234567890::DECIMAL(20,0) AS id, 5::BIGINT AS n,
        TIMESTAMP '2026-04-30 12:00:00.25' AS t, [1, NULL, 3] AS l, {'a': 1.50::DECIMAL(5,2)} AS s`,
      await folderWith({}),
    );
    const source = await opened(fileSource(file));
    expect(source.columns.map(({ type }) => type)).toEqual([
      "VARCHAR",
      "DECIMAL(20,0)",
      "BIGINT",
      "TIMESTAMP",
      "INTEGER[]",
      'STRUCT("a" DECIMAL(5,2))',
    ]);
    expect(await rowsOf(source)).toEqual([
      ["007", "12345678901234567890", 5, "2026-04-30T12:00:00.25", [1, null, 3], { a: "1.50" }],
    ]);
    expect(await rowsOf(source, ["n", "zip"])).toEqual([[5, "007"]]);
  });

  it("may be many files, matched by name", async () => {
    const folder = await folderWith({});
    await parquet("p1.parquet", "SELECT 1 AS a, 'x' AS b", folder);
    await parquet("p2.parquet", "SELECT 'y' AS b, 2 AS a, true AS c", folder);
    const source = await opened(fileSource(path.join(folder, "p?.parquet")));
    expect(await rowsOf(source, ["a", "b", "c"])).toEqual([
      [1, "x", null],
      [2, "y", true],
    ]);
    expect(await rowsOf(source, [])).toEqual([[], []]);
  });

  it("is refused when it is none", async () => {
    const folder = await folderWith({ "a.parquet": "not parquet at all" });
    const [problem] = await problemsOf(fileSource(path.join(folder, "a.parquet")));
    expect(problem?.code).toBe("source.unreadable");
    expect(problem?.message).toContain("the file cannot be read: ");
  });
});

describe("a pattern", () => {
  it("must find a file", async () => {
    const folder = await folderWith({});
    for (const name of ["orders.csv", "orders-*.csv", ""]) {
      const pattern = path.join(folder, name);
      const [problem] = await problemsOf(fileSource(pattern));
      expect(problem?.code).toBe("source.missing_file");
      expect(problem?.message).toBe(`there is no file \`${pattern}\``);
    }
  });

  it("must find a known ending, in any case", async () => {
    const folder = await folderWith({ "a.xlsx": "", "b.CSV": "id\n1\n", "c.gz": "" });
    for (const name of ["a.xlsx", "c.gz"]) {
      const [problem] = await problemsOf(fileSource(path.join(folder, name)));
      expect(problem?.code).toBe("source.unknown_format");
      expect(problem?.remedy).toBe(
        "Use a file that ends in `.csv`, `.csv.gz`, `.ndjson`, `.ndjson.gz`, `.jsonl`, `.jsonl.gz`, `.parquet`.",
      );
    }
    expect(await rowsOf(await opened(fileSource(path.join(folder, "b.CSV"))))).toEqual([["1"]]);
  });

  it("must find files of one format", async () => {
    const folder = await folderWith({ "a.csv": "id\n1\n", "b.ndjson": "{}\n" });
    const [problem] = await problemsOf(fileSource(path.join(folder, "*")));
    expect(problem?.code).toBe("source.several_formats");
  });

  it("that is the name of a file is that file", async () => {
    const folder = await folderWith({ "a[1].csv": "id\n1\n", "a1.csv": "id\n2\n" });
    const source = await opened(fileSource(path.join(folder, "a[1].csv")));
    expect(await rowsOf(source)).toEqual([["1"]]);
  });
});
