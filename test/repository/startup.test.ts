/** What is loaded before there is anything to do with it: by the modules that V8 names. */
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/command-list.js";
import { loadedBy, type Loading } from "./loaded-modules.js";

const DATABASES = /^(@duckdb\/|postgres$|store\/(duckdb|postgres|sql)|sources\/postgres)/;

function importing(module: string): Loading {
  return loadedBy("--input-type=module", "--eval", `await import("${module}");`);
}

function databasesIn({ packages, folders }: Loading): readonly string[] {
  return [...packages, ...folders].filter((name) => DATABASES.test(name));
}

describe("starting", () => {
  it("lists the commands and loads nothing beside the command-line library", () => {
    const loading = loadedBy("dist/cli/main.js", "--help");
    for (const { name } of COMMANDS) expect(loading.stdout).toContain(`\n  ${name} `);
    expect(loading.packages).toEqual(["commander"]);
    expect(loading.folders).not.toContain("cli/commands");
  });

  it("checks a shipped mapping without a database engine and without a client of Meta", () => {
    const loading = loadedBy("dist/cli/main.js", "check", "mappings/events.meta.yaml");
    expect(loading.packages).toContain("yaml");
    expect(loading.packages).not.toContain("openapi-fetch");
    expect(databasesIn(loading)).toEqual([]);
  });

  it("loads telemetry when a run is made, and neither for help nor with the library", () => {
    const api = "@opentelemetry/api";
    expect(loadedBy("dist/cli/main.js", "sync", "--help").packages).not.toContain(api);
    expect(importing("retl-meta").packages).not.toContain(api);
    const sync = ["sync", "examples/vip_customers.sync.yaml", "--emulator", "--quiet"];
    expect(loadedBy("dist/cli/main.js", ...sync).packages).toContain(api);
    expect(importing("retl-meta/telemetry").packages).toEqual([api]);
  });

  it("runs without telemetry where its package is not installed", () => {
    const resolve = `export const resolve = (name, context, next) => {
      if (name !== "@opentelemetry/api") return next(name, context);
      throw Object.assign(new Error("not installed"), { code: "ERR_MODULE_NOT_FOUND" });
    };`;
    const hooks = JSON.stringify(`data:text/javascript,${encodeURIComponent(resolve)}`);
    const without = `import { register } from "node:module"; register(${hooks});`;
    const world = ["--import", `data:text/javascript,${encodeURIComponent(without)}`];
    const sync = ["sync", "examples/vip_customers.sync.yaml", "--emulator", "--quiet"];
    const run = loadedBy(...world, "dist/cli/main.js", ...sync);
    expect(run.stdout).toContain("Meta acknowledged 3 of 3 requests");
    expect(run.packages).not.toContain("@opentelemetry/api");
  });

  it("imports the library and plans without a database engine, and mappings alone without a client", () => {
    const library = loadedBy(
      "--input-type=module",
      "--eval",
      `import { loadDestination } from "retl-meta";
       const config = { adAccountId: "1", pixelId: "2", actionSource: "website" };
       const meta = await loadDestination("retl/meta", { mapping: "events", env: {}, config });
       for await (const request of meta.plan([])) throw new Error(request.path);`,
    );
    expect(library.packages).toContain("openapi-fetch");
    expect(databasesIn(library)).toEqual([]);
    const mapping = importing("retl-meta/mapping");
    expect(mapping.packages).toContain("yaml");
    expect(mapping.folders).not.toContain("delivery");
    expect(mapping.packages).not.toContain("openapi-fetch");
    expect(databasesIn(mapping)).toEqual([]);
  });

  it("loads the engine of a store when one is opened, and only that one", () => {
    const opening = loadedBy(
      "--input-type=module",
      "--eval",
      `import { openDuckdbStore } from "retl-meta";
       const opened = await openDuckdbStore({ file: "package.json" });
       console.log(opened.ok);`,
    );
    expect(opening.stdout).toBe("false\n");
    expect(opening.packages).toContain("@duckdb/node-api");
    expect(opening.packages).not.toContain("postgres");
  });
});
