import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TEMPLATE_FILES } from "../../src/cli/template-files.js";
import { cli, type CliRun } from "../e2e/cli.js";

/** Long after the date of the sample data. */
const NOW = Date.UTC(2027, 1, 28, 23, 59, 30);
const SYNCS = ["customers.sync.yaml", "orders.sync.yaml"];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-init-"));
});

afterEach(() => rm(folder, { recursive: true }));

function run(cwd: string, ...argv: readonly string[]): Promise<CliRun> {
  return cli(argv, { cwd, now: NOW });
}

async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe("init", () => {
  it("writes every file of the template, and says what to do next", async () => {
    const { code, stdout, stderr } = await run(folder, "init", "mine");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await filesIn(path.join(folder, "mine"))).toEqual(
      TEMPLATE_FILES.map((file) => file.path).sort(),
    );
    expect(stdout).toContain(
      "  cd mine\n  retl-meta check customers.sync.yaml orders.sync.yaml\n  retl-meta plan",
    );
    const templates = fileURLToPath(new URL("../../examples/project/", import.meta.url));
    expect(await filesIn(templates)).toEqual(TEMPLATE_FILES.map((file) => file.template).sort());
  });

  it("makes a project that passes check untouched", async () => {
    await run(folder, "init");
    expect(await run(folder, "check", ...SYNCS)).toEqual({
      code: 0,
      stdout: "",
      stderr: "customers.sync.yaml: well\norders.sync.yaml: well\n",
    });
  });

  it.each(SYNCS)("makes a project whose %s is planned, synced and well untouched", async (sync) => {
    await run(folder, "init");
    const planned = await run(folder, "plan", sync, "--emulator");
    expect({ code: planned.code, stderr: planned.stderr }).toEqual({ code: 0, stderr: "" });
    expect(planned.stdout).toContain("12 records read, 12 planned.");
    const synced = await run(folder, "sync", sync, "--emulator");
    expect(synced.code).toBe(0);
    expect(synced.stdout).toContain("delivery succeeded");
    expect((await run(folder, "doctor", sync, "--emulator")).code).toBe(0);
  });

  it("moves the times of the sample to the present, to the second", async () => {
    await run(folder, "init");
    const orders = await readFile(path.join(folder, "data", "orders.csv"), "utf8");
    expect(orders).toContain("A-1001,Purchase,2027-02-28T23:04:30Z,");
    expect(orders).not.toContain("2026-");
  });

  it("overwrites nothing, and writes nothing then", async () => {
    await writeFile(path.join(folder, ".gitignore"), "mine\n");
    expect(await run(folder, "init")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: there is already `.gitignore` in `.`; nothing was written (init.exists)\n  Name another folder, or move these files away.\n",
    });
    expect(await filesIn(folder)).toEqual([".gitignore"]);
  });

  it("says when it cannot write there", async () => {
    await writeFile(path.join(folder, "file"), "");
    const { code, stderr } = await run(folder, "init", "file");
    expect(code).toBe(2);
    expect(stderr).toContain("the project cannot be written to `file` (");
  });

  it("tells machines which files there are", async () => {
    const { stdout } = await run(folder, "init", "--json");
    expect(JSON.parse(stdout)).toEqual({
      folder,
      files: TEMPLATE_FILES.map((file) => file.path),
    });
  });
});
