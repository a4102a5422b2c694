/**
 * The tests that mutants of `src/normalize` and `src/mapping` are held to: those that state one
 * artefact each. Those that draw at random kill other mutants each time, and take seconds a run.
 */
import { defineConfig } from "vitest/config";

const DRAWN_AT_RANDOM = [
  "mapping/fuzz",
  "mapping/properties",
  "mapping/schema-agreement",
  "normalize/normalizer-properties",
];

export default defineConfig({
  test: {
    include: ["test/mapping/**/*.test.ts", "test/normalize/**/*.test.ts"],
    exclude: DRAWN_AT_RANDOM.map((name) => `test/${name}.test.ts`),
    setupFiles: ["test/setup.ts"],
    testTimeout: 30_000,
    isolate: false,
  },
});
