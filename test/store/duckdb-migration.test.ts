import { rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newestOf, type Migration } from "../../src/store/sql/store-meta.js";
import { MIGRATIONS } from "../../src/store/duckdb/migrations.js";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import { TABLES } from "../../src/store/duckdb/schema.js";
import { expectVersion2Rows } from "./contract/from-version-2.js";
import { inDatabase } from "./duckdb-process.js";
import { candidate, hex, HOUR, standingsOf, T0 } from "./rows.js";
import { version2Rows } from "./version-2.js";
import { opened, temporaryFolder } from "./world.js";

/** A schema that never was: version 0 had one table of what was delivered, and seconds for instants. */
const VERSION_0 = [
  "CREATE TABLE store_meta (schema_version INTEGER, origin VARCHAR, salt VARCHAR)",
  "INSERT INTO store_meta VALUES (0, 'graph', 'old salt')",
  "CREATE TABLE sent (pixel VARCHAR, event VARCHAR, content VARCHAR, seconds BIGINT, known BOOLEAN)",
  ...[1, 2, 3].map(
    (number) =>
      `INSERT INTO sent VALUES ('300', '${hex(number)}', '${hex(number + 1_000)}',
        ${String(T0 / 1_000)}, ${String(number !== 3)})`,
  ),
];

const FROM_0: readonly Migration[] = [
  {
    version: 1,
    statements: [
      ...TABLES,
      `INSERT INTO events
        SELECT pixel, event::UUID, content::UUID, NULL, seconds, seconds * 1000,
          seconds * 1000 + ${String(46 * HOUR)}, CASE WHEN known THEN seconds * 1000 END, '0-0'
        FROM sent`,
      "DROP TABLE sent",
    ],
  },
  ...MIGRATIONS.slice(1),
];

/** The last one notes the version. */
const STATEMENTS = (FROM_0[0]?.statements.length ?? 0) + 1;

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, "state.duckdb");
  await inDatabase(file, ...VERSION_0);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function expectAllRows(): Promise<void> {
  const store = await opened(file, { migrations: FROM_0 });
  expect(store.salt).toBe("old salt");
  expect(await store.events.counts(T0)).toEqual([
    { pixelId: "300", delivered: 2, unanswered: 1, inDoubt: 0 },
  ]);
  expect(await standingsOf(store, candidate(1), candidate(2), candidate(3))).toEqual([
    { kind: "delivered", same: true },
    { kind: "delivered", same: true },
    { kind: "unanswered", firstSentAt: T0, repeatSafeUntil: T0 + 46 * HOUR },
  ]);
  await store.close();
  expect(await inDatabase(file, "SELECT schema_version FROM store_meta")).toEqual([
    newestOf(MIGRATIONS),
  ]);
}

describe("a DuckDB store of an earlier schema", () => {
  it("is brought up to date with all its rows, once", async () => {
    await expectAllRows();
    const statements: string[] = [];
    const onStatement = (transaction: string) => statements.push(transaction);
    await (await opened(file, { migrations: FROM_0, onStatement })).close();
    expect(statements.filter((transaction) => transaction.startsWith("migrate"))).toEqual([]);
  });

  it.each(Array.from({ length: STATEMENTS }, (_, index) => [index]))(
    "keeps all its rows when bringing it up to date is interrupted at statement %i",
    async (last) => {
      const onStatement = (transaction: string, index: number) => {
        if (transaction === "migrate 1" && index === last) throw new Error("the disk is full");
      };
      await expect(opened(file, { migrations: FROM_0, onStatement })).rejects.toThrow(Error);
      expect(await inDatabase(file, "SELECT count(*) FROM sent")).toEqual(["3"]);
      await expectAllRows();
    },
  );

  it("is not brought up to date by whoever only reads it, who is told what does", async () => {
    expect(await openDuckdbStoreReadOnly({ file, migrations: FROM_0 })).toEqual({
      ok: false,
      error: {
        code: "store.older",
        message: `the store \`${file}\` was written by an older retl-meta`,
        remedy: "The next `sync` brings it up to date.",
      },
    });
    await expectAllRows();
  });
});

describe("a DuckDB store of version 2", () => {
  it("keeps what it delivered as long as any event may be old", async () => {
    const older = path.join(folder, "older.duckdb");
    await (await opened(older, { migrations: MIGRATIONS.slice(0, 2) })).close();
    await inDatabase(older, ...version2Rows());
    const store = await opened(older);
    await expectVersion2Rows(store);
    await store.close();
  });
});
