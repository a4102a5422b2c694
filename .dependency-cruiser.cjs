/**
 * The layers: a folder below `src/` imports only itself and folders that stand above it in this
 * list. Everything else here says which one place knows a given package.
 */
const LAYERS = [
  "generated",
  "core",
  "normalize",
  "mapping",
  "surfaces",
  "checks",
  "planning",
  "graph",
  "config",
  "sources",
  "store",
  "reconcile",
  "delivery",
  "sync",
  "report",
  "telemetry",
  "doctor",
  "destination",
  "emulator",
  "cli",
];

/** Folders whose files are functions of values: no clock, no file, no network, no environment. */
const PURE = [
  "generated",
  "core",
  "normalize",
  "mapping",
  "surfaces",
  "checks",
  "planning",
  "reconcile",
];

/** Which files may import a package, as path patterns. */
const PACKAGES = [
  { package: "openapi-fetch", importers: ["src/graph/"] },
  { package: "(@duckdb/[^/]+|postgres|pg)", importers: ["src/sources/", "src/store/"] },
  { package: "commander", importers: ["src/cli/"] },
  { package: "yaml", importers: ["src/core/yaml(-(key|limits|syntax))?\\.ts$"] },
  { package: "ajv", importers: ["src/core/ajv\\.ts$"] },
  { package: "smol-toml", importers: ["src/config/"] },
  { package: "@opentelemetry/api", importers: ["src/telemetry/"] },
];

const ANY_LAYER = `^src/(${LAYERS.join("|")})/`;
const PUBLIC_API = "^src/(index|mapping)\\.ts$";

function layerRule(layer, place) {
  const allowed = LAYERS.slice(0, place + 1);
  return {
    name: `layer-${layer}`,
    severity: "error",
    comment: `src/${layer}/ imports only ${allowed.join(", ")}.`,
    from: { path: `^src/${layer}/` },
    to: { path: "^src/", pathNot: `^src/(${allowed.join("|")})/` },
  };
}

function packageRule({ package: name, importers }) {
  return {
    name: `package-${name.replace(/[^a-z-]+/g, "-").replace(/^-|-$/g, "")}`,
    severity: "error",
    comment: `Only ${importers.join(" and ")} may import ${name}.`,
    from: { path: "^src/", pathNot: importers.map((importer) => `^${importer}`) },
    to: { path: `^(node_modules/)?${name}(/|$)` },
  };
}

module.exports = {
  forbidden: [
    ...LAYERS.map(layerRule),
    ...PACKAGES.map(packageRule),
    {
      name: "public-api",
      severity: "error",
      comment: "The public API knows nothing of the command line.",
      from: { path: PUBLIC_API },
      to: { path: "^src/cli/" },
    },
    {
      name: "unknown-folder",
      severity: "error",
      comment: "A folder of src/ has its place in the list of layers.",
      from: { path: "^src/", pathNot: [ANY_LAYER, PUBLIC_API] },
      to: {},
    },
    {
      name: "unknown-folder-unused",
      severity: "error",
      comment: "A folder of src/ has its place in the list of layers.",
      from: { path: "^src/", pathNot: [ANY_LAYER, PUBLIC_API], orphan: true },
      to: {},
    },
    {
      name: "no-cycle",
      severity: "error",
      comment: "Modules that import each other are one module; types count.",
      from: {},
      to: { circular: true },
    },
    {
      name: "pure",
      severity: "error",
      comment:
        "Clock, files, network and environment come in as arguments; node:crypto is a function.",
      from: { path: `^src/(${PURE.join("|")})/` },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "only-src",
      severity: "error",
      comment: "What is published imports nothing that is not: tests, codegen, examples.",
      from: { path: "^src/" },
      to: { dependencyTypes: ["local"], pathNot: "^src/" },
    },
    {
      name: "only-dependencies",
      severity: "error",
      comment: "What is published imports only packages that installing it brings along.",
      from: { path: "^src/" },
      to: {
        dependencyTypes: [
          "npm-dev",
          "npm-optional",
          "npm-peer",
          "npm-bundled",
          "npm-no-pkg",
          "npm-unknown",
        ],
        // An optional peer, loaded only where it is installed.
        pathNot: "^node_modules/@opentelemetry/api/",
      },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "Every import leads somewhere.",
      from: { path: "^src/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    moduleSystems: ["es6"],
    // Type imports are dependencies too: a layer that only borrows a type still knows the other one.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["main", "types"],
    },
  },
};
