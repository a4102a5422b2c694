import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SUMMARY = fileURLToPath(new URL("../../.ci/summary.js", import.meta.url));

/** What a run ended with, as vitest's JSON reporter and the exit codes tell it. */
interface Run {
  readonly statuses?: readonly ("passed" | "failed" | "skipped" | "todo")[];
  readonly fileStatus?: "passed" | "failed";
  readonly tests?: number;
  readonly demo?: number | "skipped";
  readonly ci?: boolean;
}

let directory = "";
let files = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "ci-summary-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe("the end of a CI run", () => {
  it("counts what passed and exits 0 when tests and demo are well", async () => {
    expect(await end({ statuses: ["passed", "passed"] })).toEqual({
      lines: ["2 passed, 0 failed"],
      exitCode: 0,
    });
  });

  it("names what failed and why, counts it and exits 1", async () => {
    expect(await end({ statuses: ["passed", "failed"], tests: 1 })).toEqual({
      lines: ["Failed: a.test.ts > test 1: Error: expected 1 to be 2", "1 passed, 1 failed"],
      exitCode: 1,
    });
  });

  it("says that nothing ran when there is no result", async () => {
    expect(await end({ tests: 2, demo: "skipped" })).toEqual({
      lines: ["The tests did not run: something before them failed.", "0 passed, 1 failed"],
      exitCode: 1,
    });
  });

  it("says the same of a result that is cut off", async () => {
    const file = await write('{"testResults": [');
    expect(await summarise([file, "1", "0"], true)).toEqual({
      lines: ["The tests did not run: something before them failed.", "0 passed, 1 failed"],
      exitCode: 1,
    });
  });

  it("names a skipped test and counts it as failed in CI", async () => {
    expect(await end({ statuses: ["passed", "skipped", "todo"] })).toEqual({
      lines: [
        "Skipped, which CI does not allow: a.test.ts > test 1",
        "Skipped, which CI does not allow: a.test.ts > test 2",
        "1 passed, 2 failed",
      ],
      exitCode: 1,
    });
  });

  it("lets a skipped test be outside CI", async () => {
    expect(await end({ statuses: ["passed", "skipped"], ci: false })).toEqual({
      lines: ["1 passed, 0 failed"],
      exitCode: 0,
    });
  });

  it("counts a test file that does not load as failed", async () => {
    expect(await end({ statuses: [], fileStatus: "failed", tests: 1 })).toEqual({
      lines: ["The test file did not run: a.test.ts", "0 passed, 1 failed"],
      exitCode: 1,
    });
  });

  it("never counts 0 failed when the test command failed, as for missing coverage", async () => {
    expect(await end({ statuses: ["passed"], tests: 1 })).toEqual({
      lines: ["No test failed, but the test command did, or it ran no test.", "1 passed, 1 failed"],
      exitCode: 1,
    });
  });

  it("exits 1 for a failed demo and leaves the count of the tests alone", async () => {
    expect(await end({ statuses: ["passed"], demo: 3 })).toEqual({
      lines: ["The demo failed with exit code 3.", "1 passed, 0 failed"],
      exitCode: 1,
    });
  });
});

interface End {
  readonly lines: readonly string[];
  readonly exitCode: number | string;
}

async function end({ statuses, fileStatus, tests = 0, demo = 0, ci = true }: Run): Promise<End> {
  const file =
    statuses === undefined
      ? join(directory, "absent.json")
      : await write(JSON.stringify(result(statuses, fileStatus)));
  return summarise([file, String(tests), String(demo)], ci);
}

/** The part of vitest's JSON result that is read. */
function result(statuses: NonNullable<Run["statuses"]>, fileStatus: Run["fileStatus"]): object {
  const failed = statuses.filter((status) => status === "failed").length;
  const status = fileStatus ?? (failed > 0 ? "failed" : "passed");
  return {
    numPassedTests: statuses.filter((one) => one === "passed").length,
    numFailedTests: failed,
    success: status === "passed",
    testResults: [
      {
        name: "a.test.ts",
        status,
        assertionResults: statuses.map((one, index) => ({
          status: one,
          fullName: ` test ${String(index)}`,
          failureMessages: one === "failed" ? ["Error: expected 1 to be 2\n    at a.test.ts"] : [],
        })),
      },
    ],
  };
}

async function write(text: string): Promise<string> {
  files += 1;
  const file = join(directory, `${String(files)}.json`);
  await writeFile(file, text);
  return file;
}

function summarise(args: readonly string[], ci: boolean): Promise<End> {
  const env = { ...process.env, CI: ci ? "true" : "" };
  return new Promise((resolve) => {
    execFile(process.execPath, [SUMMARY, ...args], { env }, (error, output) => {
      resolve({ lines: output.trimEnd().split("\n"), exitCode: error?.code ?? 0 });
    });
  });
}
