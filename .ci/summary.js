/**
 * Ends a CI run: `node .ci/summary.js RESULT TESTS DEMO`, with vitest's JSON result, the exit code
 * of the tests and that of the demo (or `skipped`). Prints what went wrong, then, as the last line,
 * `N passed, N failed`. Exits 0 only when tests and demo passed; with CI=true a skipped test fails.
 */
import { readFileSync } from "node:fs";

const [file = "", tests = "", demo = ""] = process.argv.slice(2);
const { passed, failed, problems } = summary(readResult(file), process.env["CI"] === "true");

for (const problem of problems) console.log(problem);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && demo === "0" ? 0 : 1;

function summary(result, skipsFail) {
  if (result === undefined)
    return {
      passed: 0,
      failed: 1,
      problems: ["The tests did not run: something before them failed."],
    };
  const skipped = skipsFail ? skippedTests(result) : [];
  const problems = [
    ...failedTests(result),
    ...skipped.map((name) => `Skipped, which CI does not allow: ${name}`),
  ];
  let failed = result.numFailedTests + brokenFiles(result).length + skipped.length;
  problems.push(...brokenFiles(result).map((name) => `The test file did not run: ${name}`));
  if (failed === 0 && (tests !== "0" || !result.success || result.numPassedTests === 0)) {
    failed = 1;
    problems.push("No test failed, but the test command did, or it ran no test.");
  }
  if (demo !== "0") problems.push(`The demo failed with exit code ${demo}.`);
  return { passed: result.numPassedTests, failed, problems };
}

/** Named again at the end, since the demo stands between vitest's own list and the last line. */
function failedTests({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => {
        const [why = ""] = failureMessages.join("\n").split("\n", 1);
        return `Failed: ${name} > ${fullName.trim()}: ${why}`;
      }),
  );
}

function skippedTests({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => !["passed", "failed"].includes(status))
      .map(({ fullName }) => `${name} > ${fullName.trim()}`),
  );
}

/** Files that fail without a failing test: they do not load, or a hook of theirs throws. */
function brokenFiles({ testResults }) {
  return testResults
    .filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((test) => test.status === "failed"),
    )
    .map(({ name }) => name);
}

function readResult(path) {
  try {
    const result = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(result.testResults) ? result : undefined;
  } catch {
    return undefined;
  }
}
