import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/store/postgres/migrations.js";
import { connectingFault } from "../../src/store/postgres/opening-faults.js";
import {
  openPostgresStore,
  openPostgresStoreReadOnly,
} from "../../src/store/postgres/open-store.js";
import { newestOf } from "../../src/store/sql/store-meta.js";
import { PASSWORD, runStatements } from "../postgres/server.js";
import { NAME, PostgresWorlds } from "./postgres-world.js";

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

/** What both ways of opening a store have against it. */
async function refusals(url: string, schema?: string, origin?: "graph" | "emulator:e1") {
  const options = { url, name: NAME, ...(schema === undefined ? {} : { schema }), origin };
  const answers = [
    await openPostgresStore({ ...options, createSalt: () => "salt" }),
    await openPostgresStoreReadOnly(options),
  ];
  return answers.map((answer) => (answer.ok ? answer.value : answer.error));
}

async function expectRefused(url: string, expected: object): Promise<void> {
  const told = await refusals(url);
  expect(told).toEqual([expected, expected]);
  expect(JSON.stringify(told)).not.toContain(PASSWORD);
}

describe("the place of a store on a server", () => {
  it.each([
    "nowhere",
    "mysql://",
    `postgres://me:${PASSWORD}@[::1`,
    `postgres://me:${PASSWORD}@host:port/db`,
  ])("is refused when it is no URL, without showing it: %j", async (url) => {
    const [told] = await refusals(url);
    expect(told).toMatchObject({
      code: "store.invalid_url",
      message: `what \`${NAME}\` holds is no URL of a PostgreSQL database`,
    });
    expect(JSON.stringify(told)).not.toContain(PASSWORD);
  });

  it("is refused when nobody takes connections there", async () => {
    await expectRefused(`postgres://me:${PASSWORD}@127.0.0.1:1/db`, {
      code: "store.unreachable",
      message: `the store \`${NAME}\` cannot be reached: nobody takes connections there`,
      remedy: "Check host and port in the URL, and that the server is running and reachable.",
    });
  });

  it("is refused with a wrong password", async () => {
    await expectRefused(worlds.url.replace(PASSWORD, `not-${PASSWORD}`), {
      code: "store.auth",
      message: `the store \`${NAME}\` refuses its user or password`,
      remedy: "Check user and password in the URL, and whom the server admits from here.",
    });
  });

  it("is refused when its database is not there", async () => {
    await expectRefused(worlds.url.replace(/\/postgres$/, "/nowhere"), {
      code: "store.no_database",
      message: `the store \`${NAME}\` names a database that is not there`,
      remedy: "Create it, or correct the URL; the tables are made in it, the database is not.",
    });
  });

  it("is refused to a user who may not make a schema, and open to one who has one", async () => {
    const url = await worlds.newDatabase();
    await runStatements(url, `CREATE ROLE clerk LOGIN PASSWORD '${PASSWORD}'`);
    const clerk = url.replace("//postgres:", "//clerk:");
    const [writing, reading] = await refusals(clerk);
    expect(writing).toEqual({
      code: "store.rights",
      message: `the store \`${NAME}\` is closed to its user`,
      remedy:
        "Grant it CREATE on the database or a schema `retl_meta` of its own, and TEMPORARY on the database.",
    });
    expect(reading).toBeUndefined();
    await runStatements(url, "CREATE SCHEMA retl_meta AUTHORIZATION clerk");
    const opened = await openPostgresStore({ url: clerk, name: NAME, createSalt: () => "salt" });
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
  });

  it("is refused when its schema holds something else, which is left as it is", async () => {
    const schema = worlds.newSchema();
    await worlds.ask(`CREATE SCHEMA ${schema}`);
    await worlds.ask(`CREATE TABLE ${schema}.store_meta AS SELECT 1 AS id`);
    const foreign = {
      code: "store.foreign",
      message: `the schema \`${schema}\` of the store \`${NAME}\` has tables, but they are no store of retl-meta`,
      remedy: "Give another database; a store is made where there is none.",
    };
    expect(await refusals(worlds.url, schema)).toEqual([foreign, foreign]);
    expect(await worlds.ask(`SELECT id FROM ${schema}.store_meta`)).toEqual([1]);
  });

  it("is refused when it was written by a later version", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema)).close();
    await worlds.ask(`UPDATE ${schema}.store_meta SET schema_version = 99`);
    const newer = {
      code: "store.newer",
      message: `the store \`${NAME}\` was written by a newer retl-meta`,
      remedy: "Update this one, or give another --store.",
    };
    expect(await refusals(worlds.url, schema)).toEqual([newer, newer]);
  });

  it("is refused when it is the store of another Meta", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema)).close();
    const told = await refusals(worlds.url, schema, "emulator:e1");
    expect(told).toMatchObject([{ code: "store.origin" }, { code: "store.origin" }]);
  });

  it("is refused where it could not hold every text", async () => {
    await worlds.ask("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    const [told] = await refusals(worlds.url.replace(/\/postgres$/, "/latin"));
    expect(told).toMatchObject({
      code: "store.encoding",
      message: `the database of the store \`${NAME}\` has the encoding LATIN1`,
    });
  });
});

describe("a store of an earlier schema", () => {
  const today = newestOf(MIGRATIONS);
  const later = ["CREATE TABLE later (id INT)", "INSERT INTO later VALUES (7)"];
  const LATER = [...MIGRATIONS, { version: today + 1, statements: later }];

  it("is brought up to date whole or not at all, and once", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema)).close();
    const version = () => worlds.ask(`SELECT schema_version FROM ${schema}.store_meta`);
    for (let last = 0; last < 7; last += 1) {
      const onStatement = (_: string, index: number) => {
        if (index === last) throw new Error("the server went away");
      };
      const opening = worlds.opened(schema, { migrations: LATER, onStatement });
      await expect(opening).rejects.toThrow("the server went away");
      expect(await version()).toEqual([today]);
    }
    await (await worlds.opened(schema, { migrations: LATER })).close();
    await (await worlds.opened(schema, { migrations: LATER })).close();
    expect(await version()).toEqual([today + 1]);
    expect(await worlds.ask(`SELECT id FROM ${schema}.later`)).toEqual([7]);
  });

  it("is not brought up to date by whoever only reads it, who is told what does", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema)).close();
    const options = { url: worlds.url, name: NAME, schema, migrations: LATER };
    expect(await openPostgresStoreReadOnly(options)).toMatchObject({
      ok: false,
      error: { code: "store.older", remedy: "The next `sync` brings it up to date." },
    });
  });
});

describe("what keeps a store from being opened", () => {
  const answered = (code: string) =>
    Object.assign(new Error("ada@example.test"), { name: "PostgresError", code });
  const system = (code: string) => Object.assign(new Error("ada@example.test"), { code });

  it.each([
    [answered("28000"), "refuses its user or password"],
    [answered("53300"), "does not take connections: its server starts, stops, or has too many"],
    [answered("25006"), "is on a server that only answers"],
    [answered("XX000"), "cannot be opened: PostgreSQL error XX000"],
    [system("ENOTFOUND"), "cannot be reached: its host is not known"],
    [system("CONNECT_TIMEOUT"), "cannot be reached: it does not answer"],
    [system("EPROTO"), "cannot be reached: EPROTO"],
    [system("ada@example.test"), "cannot be reached"],
    ["ada@example.test", "cannot be reached"],
  ])("is told as what it is: %j", (error, what) => {
    expect(connectingFault("env:S", error).message).toBe(`the store \`env:S\` ${what}`);
  });
});
