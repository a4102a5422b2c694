/** The match quality that `plan` prints is what its documentation shows. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { cli } from "../e2e/cli.js";

const DOCUMENT = readFileSync(
  fileURLToPath(new URL("../../docs/match-quality.md", import.meta.url)),
  "utf8",
);
const [, PEOPLE = ""] = /```ndjson\n([\s\S]*?)```/.exec(DOCUMENT) ?? [];

/** The commands of its console blocks, each with what it is said to print. */
const BLOCKS = [...DOCUMENT.matchAll(/```console\n\$ npx retl-meta (.+)\n([\s\S]*?)```/g)].map(
  ([, command = "", output = ""]) => [command, output] as const,
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-quality-"));
  await writeFile(path.join(folder, "people.ndjson"), PEOPLE);
  await writeFile(
    path.join(folder, "meta.yaml"),
    "config: {ad_account_id: act_1}\ntargets: {VIP: '77'}\n",
  );
});

afterAll(() => rm(folder, { recursive: true }));

/** What of a plan is about match quality: its requests are told elsewhere. */
function qualityOf(stdout: string): string {
  const [, text] = /(^Match quality[\s\S]*)/m.exec(stdout) ?? [];
  if (text !== undefined) return text;
  const line: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  return `${JSON.stringify(line, undefined, 2)}\n`;
}

describe("the match quality of a plan", () => {
  it("is shown in the documentation, as text and as JSON", () => {
    expect(BLOCKS.map(([command]) => command.includes("--json"))).toEqual([false, true]);
  });

  it.each(BLOCKS)("is what the documentation says for %s", async (command, output) => {
    const run = await cli(command.split(" "), { cwd: folder });
    expect(qualityOf(run.stdout)).toBe(output);
  });

  it("is no line of `--json` unless it is asked for", async () => {
    const [[command] = [""]] = BLOCKS;
    const run = await cli([...command.split(" "), "--json"], { cwd: folder });
    expect(run.stdout).not.toContain("match_quality");
    expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it("shows no value and no digest", async () => {
    const [[command] = [""]] = BLOCKS;
    const { stdout } = await cli(command.split(" "), { cwd: folder });
    const values = [...PEOPLE.matchAll(/"value":"([^"]{5,})"/g)].map(([, value = ""]) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values.filter((one) => !/^0+$/.test(one))) {
      expect(stdout).not.toContain(value);
      expect(stdout).not.toContain(sha256(value.toLowerCase()));
    }
    expect(stdout).not.toMatch(/northwind|[0-9a-f]{64}/i);
  });
});
