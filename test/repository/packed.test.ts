/** The packed package does its work in somebody else's project, on every Node that it names. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { PackedProject } from "./packed.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** The Node that runs this, and those of `RETL_META_NODES`, paths as in `PATH`. */
const NODES = [
  process.execPath,
  ...(process.env["RETL_META_NODES"] ?? "").split(path.delimiter).filter((file) => file !== ""),
];

/** Checks a mapping, plans, and delivers to the emulator: all that a library user begins with. */
const PROGRAM = `
import { readFile } from "node:fs/promises";
import { API_VERSION, loadDestination, type Transport } from "retl-meta";
import { startEmulator } from "retl-meta/emulator";
import { checkMapping } from "retl-meta/mapping";

const file = "node_modules/retl-meta/mappings/events.app.yaml";
const diagnostics = checkMapping(await readFile(file, "utf8"), file);

const emulator = await startEmulator();
const transport: Transport = (request) =>
  fetch(new Request(request.url.replace("https://graph.facebook.com", emulator.url), request));
const meta = await loadDestination("retl/meta", {
  mapping: "events",
  config: { adAccountId: "1", pixelId: "456", actionSource: "website" },
  credentials: { accessToken: () => "no-real-token" },
  env: {},
  transport,
});
const records = [
  {
    record_identity: "order-1",
    event_name: "Purchase",
    occurred_at: new Date().toISOString(),
    identifiers: [{ type: "email", value: "ann@example.test" }],
    payload: { value: 12.5, currency: "EUR", event_source_url: "https://shop.example/" },
  },
];
const planned: string[] = [];
for await (const request of meta.plan(records)) planned.push(request.method + " " + request.path);
const result = await meta.deliver(records);
const held = emulator.state().pixels.map(({ id, events }) => [id, events.length]);
await emulator.stop();
console.log(
  JSON.stringify({ version: API_VERSION, diagnostics, planned, status: result.status, held }),
);
`;

const PRINTED = {
  version: API_VERSION,
  diagnostics: [],
  planned: [`POST /${API_VERSION}/456/events`],
  status: "succeeded",
  held: [["456", 1]],
};

describe("the packed package", () => {
  let project: PackedProject;

  beforeAll(() => {
    project = new PackedProject();
    project.write("program.ts", PROGRAM);
    const options = ["--target", "ES2022", "--types", "node", "--strict", "true"];
    const how = ["--module", "NodeNext", "--skipLibCheck", "false", "program.ts"];
    execFileSync(process.execPath, [TSC, ...options, ...how], {
      cwd: project.folder,
      stdio: ["ignore", "inherit", "inherit"],
    });
  });

  afterAll(() => {
    project.remove();
  });

  function run(node: string, ...args: readonly string[]) {
    const { folder } = project;
    const env = { PATH: process.env["PATH"] ?? "" };
    return spawnSync(node, args, { cwd: folder, env, encoding: "utf8" });
  }

  it("has types for a bundler, too", () => {
    const options = ["--noEmit", "--strict", "--target", "ES2022", "--types", "node"];
    const how = ["--module", "ESNext", "--moduleResolution", "Bundler", "program.ts"];
    expect(run(process.execPath, TSC, ...options, ...how).stdout).toBe("");
  });

  it.each(NODES)("checks, plans and delivers on %s", (node) => {
    const done = run(node, "program.js");
    expect(done.stderr).toBe("");
    expect(JSON.parse(done.stdout)).toEqual(PRINTED);
  });

  it.each(NODES)("has its command on %s", (node) => {
    const command = path.join(project.installed, "dist/cli/main.js");
    const version = run(node, command, "--version");
    expect(version.stderr).toBe("");
    expect(version.stdout).toMatch(/^retl-meta \d+\.\d+\.\d+ \(Graph API v\d+\.\d+\)\n$/);
    const mapping = "node_modules/retl-meta/mappings/events.app.yaml";
    expect(run(node, command, "check", mapping)).toMatchObject({
      stdout: "",
      stderr: `${mapping}: well\n`,
      status: 0,
    });
  });

  it.runIf(NODES.length > 1)("was tried on Node 20, 22 and 24", () => {
    const majors = NODES.map((node) => /v(\d+)/.exec(run(node, "--version").stdout)?.[1]);
    expect(majors).toEqual(expect.arrayContaining(["20", "22", "24"]));
  });

  it("is published as publint would have it", async () => {
    const { messages } = await publint({ pkgDir: project.installed, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it("has types that are not wrong, for whoever imports it as the module that it is", async () => {
    const tarball = createPackageFromTarballData(readFileSync(project.tarball));
    const checked = await checkPackage(tarball);
    if (checked.types === false) throw new Error("the package has no types");
    const wrong = (["node16-esm", "bundler"] as const).flatMap((resolutionKind) =>
      filterProblems(checked, { resolutionKind }),
    );
    expect(Object.keys(checked.entrypoints)).toEqual(
      expect.arrayContaining([".", "./mapping", "./emulator"]),
    );
    expect(wrong).toEqual([]);
  });
});
