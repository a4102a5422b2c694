import { defineConfig } from "vitest/config";

const EVERY_BRANCH = { branches: 100 };

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/sandbox/**", "**/node_modules/**"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 30_000,
    reporters: ["default", ...resultFile()],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/generated/**"],
      reporter: ["text-summary", "html", "json-summary"],
      thresholds: {
        "src/mapping/**": EVERY_BRANCH,
        "src/surfaces/**": EVERY_BRANCH,
        "src/planning/**": EVERY_BRANCH,
        "src/graph/classification.ts": EVERY_BRANCH,
      },
    },
  },
});

/**
 * Where `.ci/run` wants the machine-readable result. The variable is taken away again, so that a
 * test which runs this suite in a copy of the tree does not write over its parent's file.
 */
function resultFile(): ["json", { outputFile: string }][] {
  const outputFile = process.env["RETL_META_TEST_RESULT"];
  delete process.env["RETL_META_TEST_RESULT"];
  return outputFile === undefined ? [] : [["json", { outputFile }]];
}
