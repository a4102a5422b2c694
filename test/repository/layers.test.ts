import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const CRUISER = join(REPOSITORY, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const RULES = join(REPOSITORY, ".dependency-cruiser.cjs");

const PACKAGES = ["@duckdb/node-api", "ajv", "commander", "openapi-fetch", "smol-toml", "yaml"];

/** A project of its own that has the packages which the rules speak of. */
const PROJECT: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    type: "module",
    dependencies: Object.fromEntries(PACKAGES.map((name) => [name, "1"])),
    devDependencies: { vitest: "1" },
  }),
  ...Object.fromEntries(
    [...PACKAGES, "vitest"].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" })],
      [`node_modules/${name}/index.js`, "export const x = 1;"],
    ]),
  ),
  "src/core/result.ts": "export interface Result { readonly ok: boolean }",
  "src/graph/client.ts": 'import "openapi-fetch";\nexport const client = 1;',
};

const trees: string[] = [];

afterEach(async () => {
  await Promise.all(trees.splice(0).map((tree) => rm(tree, { recursive: true })));
});

describe("the layer check", () => {
  it("passes a tree that imports upwards only", async () => {
    expect(
      await brokenRules({
        "src/graph/answer.ts": 'import type { Result } from "../core/result.js";\nlet a: Result;',
        "src/cli/main.ts": 'import "commander";\nimport "../graph/client.js";\nimport "node:fs";',
        "src/core/yaml.ts": 'import "yaml";',
        "src/core/digest.ts": 'import "node:crypto";',
        "src/index.ts": 'export * from "./graph/client.js";',
      }),
    ).toEqual([]);
  });

  it("fails an import from a folder further down", async () => {
    expect(await brokenRules({ "src/core/a.ts": 'import "../graph/client.js";' })).toEqual([
      "layer-core: src/core/a.ts → src/graph/client.ts",
    ]);
  });

  it("fails the import of only a type from a folder further down", async () => {
    expect(
      await brokenRules({
        "src/graph/page.ts": "export interface Page { readonly next: string }",
        "src/planning/a.ts": 'import type { Page } from "../graph/page.js";\nlet page: Page;',
      }),
    ).toEqual(["layer-planning: src/planning/a.ts → src/graph/page.ts"]);
  });

  it("fails a cycle, be it one of types only", async () => {
    expect(
      await brokenRules({
        "src/core/a.ts": 'import type { B } from "./b.js";\nexport interface A { b: B }',
        "src/core/b.ts": 'import type { A } from "./a.js";\nexport interface B { a: A }',
      }),
    ).toEqual(["no-cycle: src/core/a.ts → src/core/b.ts → src/core/a.ts"]);
  });

  it("fails a folder that is not in the list, whether or not something imports it", async () => {
    expect(
      await brokenRules({
        "src/helpers/alone.ts": "export const one = 1;",
        "src/helpers/used.ts": 'import "../core/result.js";',
      }),
    ).toEqual([
      "unknown-folder-unused: src/helpers/alone.ts",
      "unknown-folder: src/helpers/used.ts → src/core/result.ts",
    ]);
  });

  it("fails every import of a package, a builtin or a file that has another place", async () => {
    expect(
      await brokenRules({
        "test/setup.ts": "export const setup = 1;",
        "src/cli/main.ts": "export const main = 1;",
        "src/checks/a.ts": 'import "./nowhere.js";',
        "src/core/a.ts": 'import "yaml";',
        "src/core/b.ts": 'import "vitest";',
        "src/core/c.ts": 'import "../../test/setup.js";',
        "src/delivery/a.ts": 'import "openapi-fetch";',
        "src/index.ts": 'import "./cli/main.js";',
        "src/mapping/a.ts": 'import "node:fs";',
        "src/planning/a.ts": 'import "ajv";',
        "src/report/a.ts": 'import "commander";',
        "src/sync/a.ts": 'import "@duckdb/node-api";',
        "src/sync/b.ts": 'import "smol-toml";',
      }),
    ).toEqual([
      "only-dependencies: src/core/b.ts → node_modules/vitest/index.js",
      "only-src: src/core/c.ts → test/setup.ts",
      "package-ajv: src/planning/a.ts → node_modules/ajv/index.js",
      "package-commander: src/report/a.ts → node_modules/commander/index.js",
      "package-duckdb-postgres-pg: src/sync/a.ts → node_modules/@duckdb/node-api/index.js",
      "package-openapi-fetch: src/delivery/a.ts → node_modules/openapi-fetch/index.js",
      "package-smol-toml: src/sync/b.ts → node_modules/smol-toml/index.js",
      "package-yaml: src/core/a.ts → node_modules/yaml/index.js",
      "public-api: src/index.ts → src/cli/main.ts",
      "pure: src/mapping/a.ts → fs",
      "resolvable: src/checks/a.ts → ./nowhere.js",
    ]);
  });
});

/** What the check says about the project with some more files, as `rule: from → to → …`. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const tree = await mkdtemp(join(tmpdir(), "layers-"));
  trees.push(tree);
  await Promise.all(
    Object.entries({ ...PROJECT, ...files }).map(async ([file, text]) => {
      await mkdir(dirname(join(tree, file)), { recursive: true });
      await writeFile(join(tree, file), text);
    }),
  );
  const { output, exitCode } = await cruise(tree);
  const broken = [...output.matchAll(/^ +error (.+(?:\n {6}.+)*)/gm)].map(([, text = ""]) =>
    text.replace(/\s+/g, " "),
  );
  expect(exitCode).toBe(broken.length);
  return broken.sort();
}

/** Runs what `npm run layers` runs; it exits with the number of errors. */
function cruise(tree: string): Promise<{ output: string; exitCode: number | string }> {
  return new Promise((resolve) => {
    const args = [CRUISER, "src", "--config", RULES];
    execFile(process.execPath, args, { cwd: tree }, (error, output) => {
      resolve({ output, exitCode: error?.code ?? 0 });
    });
  });
}
