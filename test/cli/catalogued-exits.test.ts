/** What commands give for an error is what the catalogue says that they give. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf } from "../../src/core/catalogue/catalogue.js";
import { manualPlaceOf } from "../../src/core/manual-place.js";
import { cli } from "../e2e/cli.js";

const SYNC = path.resolve("examples/vip_customers.sync.yaml");
let folder = "";
const inFolder = (file: string) => path.join(folder, file);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-exits-"));
  await writeFile(inFolder("tab.yaml"), "mapping: 1\nrows:\n\t- x\n");
  await writeFile(inFolder("surface.yaml"), "mapping: 1\nsurface: ads\n");
  await writeFile(inFolder("none.sync.yaml"), "sync: a\nsource: { file: a.csv }\n");
  await writeFile(inFolder("foreign.duckdb"), "no database at all".repeat(1000));
});
afterAll(() => rm(folder, { recursive: true }));

describe("an error of a command", () => {
  it.each<[code: string, argv: () => readonly string[]]>([
    ["cli.usage", () => ["plan"]],
    ["cli.missing_file", () => ["plan", "none.yaml"]],
    ["yaml.syntax", () => ["plan", inFolder("tab.yaml")]],
    ["config.not_a_sync_file", () => ["plan", inFolder("surface.yaml")]],
    ["config.missing_token", () => ["sync", SYNC, "--store", inFolder("new.duckdb")]],
    ["config.unreadable_file", () => ["plan", SYNC, "--env-file", inFolder("none.env")]],
    ["config.declaration", () => ["plan", inFolder("none.sync.yaml")]],
    ["store.missing", () => ["ledger", "retry", "1-1", "--store", inFolder("none.duckdb")]],
    ["store.unreadable", () => ["ledger", "list", "--store", inFolder("foreign.duckdb")]],
    ["store.missing_variable", () => ["ledger", "list", "--store", "env:NOT_SET_HERE"]],
    ["emulator.not_loopback", () => ["plan", SYNC, "--emulator", "https://graph.facebook.com"]],
  ])("has the exit code and the section that the catalogue has of %s", async (code, argv) => {
    const run = await cli([...argv(), "--json"]);
    const said = run.stderr.split("\n").find((line) => line.includes(`"code":"${code}"`)) ?? "{}";
    expect(JSON.parse(said)).toMatchObject({ docs: manualPlaceOf(code) });
    expect(run.code).toBe(entryOf(code)?.exit);
  });
});
