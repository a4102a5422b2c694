/** The match quality that `plan` counts, over the people of its documentation. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { blocksOf, readText } from "../repository/docs/document.js";
import { cli } from "../e2e/cli.js";

const BLOCKS = blocksOf(readText("docs/match-quality.md"));
const blockOf = (info: string) => BLOCKS.find((block) => block.info === info)?.text ?? "";
const PEOPLE = blockOf("ndjson people.ndjson");
const PLAN =
  "plan --mapping custom_audiences.meta --binding meta.yaml --records people.ndjson".split(" ");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-quality-"));
  await writeFile(path.join(folder, "people.ndjson"), PEOPLE);
  await writeFile(path.join(folder, "meta.yaml"), blockOf("yaml meta.yaml"));
});

afterAll(() => rm(folder, { recursive: true }));

describe("the match quality of a plan", () => {
  it("is one line of JSON, which the documentation shows", async () => {
    const { stdout } = await cli([...PLAN, "--json", "--match-quality"], { cwd: folder });
    const line: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(line).toEqual(JSON.parse(blockOf("json")));
  });

  it("is no line of `--json` unless it is asked for", async () => {
    const run = await cli([...PLAN, "--json"], { cwd: folder });
    expect(run.stdout).not.toContain("match_quality");
    expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it("is as wide as the terminal that shows it, and JSON is as it is", async () => {
    const columns = { stdout: 80, stderr: 80 };
    const wide = await cli(PLAN, { cwd: folder });
    const fitted = await cli(PLAN, { cwd: folder, columns });
    expect(longest(wide.stdout)).toBeGreaterThan(80);
    expect(longest(fitted.stdout)).toBeLessThanOrEqual(80);
    expect(fitted.stdout.split(/\s+/)).toEqual(wide.stdout.split(/\s+/));
    const json = await cli([...PLAN, "--json"], { cwd: folder });
    expect(await cli([...PLAN, "--json"], { cwd: folder, columns })).toEqual(json);
  });

  it("shows no value and no digest", async () => {
    const { stdout } = await cli(PLAN, { cwd: folder });
    const values = [...PEOPLE.matchAll(/"value":"([^"]{5,})"/g)].map(([, value = ""]) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values.filter((one) => !/^0+$/.test(one))) {
      expect(stdout).not.toContain(value);
      expect(stdout).not.toContain(sha256(value.toLowerCase()));
    }
    expect(stdout).not.toMatch(/northwind|[0-9a-f]{64}/i);
  });
});

function longest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}
