import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDuckdbStore, openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import { openingFault } from "../../src/store/duckdb/opening-faults.js";
import { Holder, inDatabase } from "./duckdb-process.js";
import { item, runOnce } from "./rows.js";
import { opened, temporaryFolder } from "./world.js";

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, "state.duckdb");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function open(place: string) {
  return openDuckdbStore({ file: place, origin: "graph", createSalt: () => "salt" });
}

describe("the place of a DuckDB store", () => {
  it("may be an empty file, as a process leaves it that is killed when it begins", async () => {
    await writeFile(file, "");
    expect(await openDuckdbStoreReadOnly({ file })).toEqual({ ok: true, value: undefined });
    const store = await opened(file);
    await runOnce(store, [item(1)], { state: "succeeded" });
    await store.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("may be a database without tables, which is a moment older", async () => {
    await inDatabase(file, "SELECT 1");
    expect(await openDuckdbStoreReadOnly({ file })).toEqual({ ok: true, value: undefined });
    await (await opened(file)).close();
  });

  it("is refused where no folder can be made", async () => {
    await writeFile(path.join(folder, "file"), "");
    const place = path.join(folder, "file", "below", "state.duckdb");
    expect(await open(place)).toEqual({
      ok: false,
      error: {
        code: "store.unwritable",
        message: `the store \`${place}\` cannot be made: ENOTDIR`,
        remedy: "Check its path and who may write there, or give another --store.",
      },
    });
    await mkdir(file);
    expect(await open(file)).toMatchObject({
      ok: false,
      error: { message: `the store \`${file}\` cannot be opened: is a directory` },
    });
  });

  it.each([
    ["whose end is missing", (bytes: Buffer) => bytes.subarray(0, 8_192)],
    ["of which a block is overwritten", (bytes: Buffer) => bytes.fill(7, 12_400, 13_000)],
  ])("is refused when it has a store %s, and left as it is", async (_, damage) => {
    await (await opened(file)).close();
    const bytes = damage(await readFile(file));
    await writeFile(file, bytes);
    const damaged = {
      ok: false,
      error: {
        code: "store.unreadable",
        message: `\`${file}\` is no DuckDB database, or it is damaged`,
        remedy: "Give the path of another file, or restore it from a backup.",
      },
    };
    expect(await open(file)).toEqual(damaged);
    expect(await openDuckdbStoreReadOnly({ file })).toEqual(damaged);
    expect(await readFile(file)).toEqual(bytes);
  });

  it.each([
    ["no such table", "CREATE TABLE customers AS SELECT 1 AS id"],
    ["a table of that name that says something else", "CREATE TABLE store_meta AS SELECT 1 AS id"],
    [
      "a table of that name without a row",
      "CREATE TABLE store_meta (schema_version INTEGER, origin VARCHAR, salt VARCHAR)",
    ],
  ])("is refused when it has a database with %s", async (_, statement) => {
    await inDatabase(file, statement);
    const foreign = { ok: false, error: { code: "store.foreign" } };
    expect(await open(file)).toMatchObject(foreign);
    expect(await openDuckdbStoreReadOnly({ file })).toMatchObject(foreign);
  });

  it("is one, whichever way leads to it", async () => {
    const real = path.join(folder, "real");
    await mkdir(real);
    await symlink(real, path.join(folder, "linked"));
    const store = await opened(path.join(folder, "linked", "state.duckdb"));
    const other = path.join(real, "state.duckdb");
    expect(await open(other)).toMatchObject({ ok: false, error: { code: "store.in_use" } });
    expect(await openDuckdbStoreReadOnly({ file: other })).toMatchObject({
      ok: false,
      error: { code: "store.in_use" },
    });
    await store.close();
    await symlink(other, file);
    const again = await opened(file);
    expect(await open(other)).toMatchObject({ ok: false, error: { code: "store.in_use" } });
    await again.close();
  });

  it("is not even read while another process works there, which is named", async () => {
    await (await opened(file)).close();
    const holder = await Holder.of(file);
    try {
      expect(await openDuckdbStoreReadOnly({ file })).toEqual({
        ok: false,
        error: {
          code: "store.in_use",
          message: `the store \`${file}\` is in use by process ${String(holder.pid)} (${process.execPath})`,
          remedy:
            "Wait until that run has ended, or stop it: a store in a file is open to one process at a time. One on PostgreSQL can be looked at while a run writes to it.",
        },
      });
    } finally {
      await holder.kill();
    }
  });

  it("is left without a trace of the engine when the store is closed", async () => {
    const store = await opened(file);
    await runOnce(store, [item(1)], { state: "succeeded" });
    await store.close();
    expect(await readdir(folder)).toEqual(["state.duckdb"]);
    await (await opened(file)).close();
  });
});

describe("what the engine says when it cannot open a file", () => {
  const advice = "Check its path, its rights, and that its disk has room.";

  it.each([
    [
      'IO Error: Could not set lock on file "/s": Conflicting lock is held in /usr/bin/node (PID 7). See also https://duckdb.org',
      "the store `/s` is in use by process 7 (/usr/bin/node)",
    ],
    [
      'IO Error: Could not set lock on file "/s": Conflicting lock is held in (PID 7) by user root.',
      "the store `/s` is in use by process 7",
    ],
    [
      'IO Error: Could not set lock on file "/s": Resource temporarily unavailable',
      "the store `/s` is in use by another process",
    ],
    [
      'IO Error: Cannot open file "c:\\s": The process cannot access the file because it is being used by another process.\r\n\r\nFile is already open in \r\nC:\\node.exe (PID 4711)',
      "the store `/s` is in use by process 4711 (C:\\node.exe)",
    ],
    [
      "IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67.",
      "the store `/s` was written by a newer retl-meta",
    ],
    [
      'IO Error: Cannot open file "/s": Permission denied',
      "the store `/s` cannot be opened: permission denied",
    ],
    ['Conversion Error: Could not convert "ada@example.test"', "the store `/s` cannot be opened"],
  ])("%j is told as what it is", (said, told) => {
    expect(openingFault("/s", new Error(said)).message).toBe(told);
  });

  it("is told without the engine's words where these are no error", () => {
    expect(openingFault("/s", "ada@example.test")).toEqual({
      code: "store.unreadable",
      message: "the store `/s` cannot be opened",
      remedy: advice,
    });
  });
});
