import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-here-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("check without files", () => {
  it("checks the sync files of the folder, and the mappings in theirs", async () => {
    await cli(["init"], { cwd: folder });
    await writeFile(path.join(folder, "notes.yaml"), "this: is no file of ours\n");
    expect(await cli(["check"], { cwd: folder })).toEqual({
      code: 0,
      stdout: "",
      stderr: `customers.sync.yaml: well
orders.sync.yaml: well
mappings/customers.yaml: well
mappings/orders.yaml: well
`,
    });
  });

  it("says what it looked for where there is nothing", async () => {
    const { code, stderr } = await cli(["check"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr)
      .toBe(`error: There is no sync file (\`*.sync.yaml\`) in this folder and no mapping in \`mappings/\`: name the files to check (cli.usage)
  See the command's --help.
`);
  });
});
