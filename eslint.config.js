import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const NO_CASTS = "@typescript-eslint/consistent-type-assertions";

/** Folders whose files are functions of values; everything else comes in as an argument. */
const PURE = ["core", "normalize", "mapping", "surfaces", "checks", "planning"];

const IMPURE_GLOBALS = [
  "process",
  "fetch",
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
].map((name) => ({ name, message: "This folder is pure: take it as an argument." }));

const AMBIENT_TIME_AND_CHANCE = [
  ["Date", "now", "Take a clock as an argument."],
  ["Math", "random", "Take a source of chance as an argument."],
].map(([object, property, message]) => ({ object, property, message }));

const ONE_JSON_DOOR = {
  object: "JSON",
  property: "parse",
  message: "Read foreign JSON with parseJson of src/core/json.ts.",
};

export default defineConfig(
  globalIgnores([
    "dist/",
    ".bench/",
    "coverage/",
    ".stryker-tmp/",
    "src/generated/",
    "codegen/wasm/",
  ]),
  {
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-implicit-coercion": "error",
      "no-param-reassign": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      [NO_CASTS]: ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // `return problems.report(…)` is how a reader reports and gives `undefined` in one.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // Taking a property out by naming it beside the rest is how an object is left without it.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "codegen/**/*.ts"],
    rules: { "max-lines-per-function": ["error", { max: 50 }] },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "no-restricted-properties": ["error", ONE_JSON_DOOR] },
  },
  {
    files: PURE.map((folder) => `src/${folder}/**/*.ts`),
    rules: {
      "no-restricted-globals": ["error", ...IMPURE_GLOBALS],
      "no-restricted-properties": ["error", ONE_JSON_DOOR, ...AMBIENT_TIME_AND_CHANCE],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "This folder is pure: take a clock as an argument.",
        },
      ],
    },
  },
  {
    files: ["src/core/json.ts"],
    rules: {
      [NO_CASTS]: ["error", { assertionStyle: "as", objectLiteralTypeAssertions: "never" }],
      "no-restricted-properties": ["error", ...AMBIENT_TIME_AND_CHANCE],
    },
  },
  {
    files: ["src/cli/**/*.ts", "codegen/**/*.ts", "examples/**/*", "bench/**/*", ".ci/**/*"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/unbound-method": "off",
      // What a test parses it compares at once.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
