import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-wrong-file-"));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write("people.csv", "email;name\nann@people.test;Ann: A\n");
  await write("people.ndjson", '{"identifiers": [{"type": "email", "value": "ann@people.test"}\n');
  await write("retl.toml", '[destinations.meta]\naccess_token = "EAAB-planted"\n');
  await write(
    "m.yaml",
    "mapping: 1\nsurface: custom_audiences\nschema: {COUNTRY: {value: us, hash: sha256}}\n",
  );
  await write(
    "s.sync.yaml",
    `sync: people
source: {file: people.csv}
state: {key: {id: email}, target: {value: VIP}, identifiers: {email: email}}
destination: {mapping: ./s.sync.yaml, config: {ad_account_id: act_1}}
`,
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** What is said, without the folder. */
async function said(command: string, file: string): Promise<string> {
  const { code, stdout, stderr } = await cli([command, path.join(folder, file)]);
  expect(code).toBe(2);
  return `${stdout}${stderr}`.replaceAll(`${folder}/`, "").replaceAll(folder, "folder");
}

describe("a file that is not of the kind that is wanted", () => {
  it.each(["people.csv", "people.ndjson", "retl.toml"])(
    "is not read where it could show people or tokens: %s",
    async (file) => {
      const diagnostic = `error: \`${file}\` is no YAML file by its name (cli.missing_file)
  Name a mapping or a sync file; data stands under \`source\` of a sync file.
`;
      expect(await said("check", file)).toBe(`${diagnostic}${file}: 1 error\n`);
      expect(await said("plan", file)).toBe(diagnostic);
    },
  );

  it("is a folder", async () => {
    expect(await said("plan", "")).toBe(
      "error: `folder` is a folder (cli.missing_file)\n  Name the files in it.\n",
    );
  });

  it("is a mapping where a sync file is wanted", async () => {
    expect(await said("plan", "m.yaml"))
      .toBe(`m.yaml:1:1 error: this is a mapping, and a sync file is wanted (config.not_a_sync_file)
  1 | mapping: 1
    | ^^^^^^^^^^
  Name the file with \`sync\`, \`source\` and \`destination\`; it names this one: \`destination: {mapping: …}\`.
`);
  });

  it("is a sync file where a mapping is wanted", async () => {
    expect(await said("plan", "s.sync.yaml"))
      .toBe(`s.sync.yaml:4:24 error: \`s.sync.yaml\` is a sync file, and a mapping is wanted (config.not_a_mapping)
  4 | destination: {mapping: ./s.sync.yaml, config: {ad_account_id: act_1}}
    |                        ^^^^^^^^^^^^^
  Name a mapping that ships, or the file that begins with \`mapping: 1\`.
`);
  });
});
