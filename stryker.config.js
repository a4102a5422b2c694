/**
 * Mutation testing (`npm run mutation`): which changes of the code no test would notice.
 *
 * What is evaluated once, when a module is loaded, is left out: each such mutant needs a process and all
 * of the tests, and together they would take many times as long as the rest.
 */
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: ["src/normalize/**/*.ts", "src/mapping/**/*.ts"],
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: 2,
  thresholds: { high: 95, low: 85, break: 85 },
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: ["dist", "coverage", "examples/data", ".retl"],
  jsonReporter: { fileName: "coverage/mutation/mutation.json" },
  htmlReporter: { fileName: "coverage/mutation/index.html" },
};
