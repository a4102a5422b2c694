/** What the built package is to somebody who imports or installs it. */
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a module in a process of its own, as a user's code would run. */
function run(module: string): unknown {
  const text = execFileSync(process.execPath, ["--input-type=module", "--eval", module], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const parsed: unknown = JSON.parse(text);
  return parsed;
}

describe("the package", () => {
  it("exports by name what its documentation names, and nothing else", () => {
    expect(
      run('console.log(JSON.stringify(Object.keys(await import("retl-meta")).sort()))'),
    ).toEqual([
      "API_VERSION",
      "ConfigurationError",
      "REJECTION_CODES",
      "SURFACE_DESCRIPTIONS",
      "SecretRef",
      "StoreFailure",
      "compileMapping",
      "destinations",
      "loadDestination",
      "memoryStore",
      "openDuckdbStore",
      "openPostgresStore",
      "registerDestination",
    ]);
  });

  it("has a subpath for mappings alone, which checks one", () => {
    expect(
      run(`
        import * as module from "retl-meta/mapping";
        const found = module.checkMapping("mapping: 1\\nsurface: evnts\\n", "mine.yaml");
        const codes = found.map(({ code }) => code);
        console.log(JSON.stringify({ names: Object.keys(module).sort(), codes }));
      `),
    ).toEqual({
      names: ["checkMapping", "compileMapping", "diagnosticsText", "lineAndColumn"],
      codes: ["mapping.unknown_surface"],
    });
  });

  it("has an emulator, which somebody else's program starts, asks and stops", () => {
    expect(
      run(`
        import * as module from "retl-meta/emulator";
        const emulator = await module.startEmulator({ instanceId: "mine", port: 0 });
        const shown = await (await fetch(emulator.url + "/_emulator/state")).json();
        const same = JSON.stringify(shown) === JSON.stringify(emulator.state());
        await emulator.stop();
        const gone = await fetch(emulator.url).then(() => "there", () => "gone");
        const loopback = emulator.url.startsWith("http://127.0.0.1:");
        console.log(JSON.stringify({ names: Object.keys(module).sort(), shown, same, loopback, gone }));
      `),
    ).toEqual({
      names: ["FAULT_KINDS", "startEmulator"],
      shown: { instanceId: "mine", matching: "cell", audiences: [], pixels: [], faults: {} },
      same: true,
      loopback: true,
      gone: "gone",
    });
  });

  it("ships its mappings, its spec and its command, and none of its tests or sample data", () => {
    const text = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = [...text.matchAll(/"path": "([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "dist/cli/main.js",
        "dist/index.d.ts",
        "docs/doctor.md",
        "docs/errors.md",
        "docs/operations.md",
        "mappings/custom_audiences.meta.yaml",
        "mappings/custom_audiences.value.yaml",
        "mappings/custom_audiences.yaml",
        "mappings/events.app.yaml",
        "mappings/events.in_store.yaml",
        "mappings/events.lead_crm.yaml",
        "mappings/events.meta.yaml",
        "mappings/events.web_purchase.yaml",
        "mappings/events.yaml",
        "mappings/mapping.schema.json",
        "spec/graph.openapi.yaml",
        "examples/project/customers.sync.yaml",
        "examples/project/gitignore",
      ]),
    );
    expect(
      paths.filter((path) => /^(test|examples\/(?!project\/)|codegen|src)\//.test(path)),
    ).toEqual([]);
  });

  it("names the module of its destination", () => {
    expect(
      run(
        'import p from "retl-meta/package.json" with { type: "json" }; console.log(JSON.stringify(p.retl))',
      ),
    ).toEqual({ destinations: { "retl/meta": "./dist/index.js" } });
  });

  it("reads --env-file itself: a missing file is a sentence of ours, not one of Node's", () => {
    const run = spawnSync(
      `${ROOT}dist/cli/main.js`,
      ["plan", "examples/purchases.sync.yaml", "--env-file", "none.env"],
      {
        cwd: ROOT,
        encoding: "utf8",
      },
    );
    expect(run.stderr).toContain("there is no file `none.env`");
    expect(run.status).toBe(2);
  });
});
