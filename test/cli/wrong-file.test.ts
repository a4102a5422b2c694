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
  await write("people.txt", "ann@people.test\n  Ann: A\n");
  await write("people.json", '{"email": "ann@people.test", "name": "Ann"} {}\n');
  await write("person.json", '{"email": "ann@people.test", "name": "Ann"}\n');
  await write("people", "Ann A\tann@people.test\n");
  await write(
    "kept",
    '{"mapping": 1, "surface": "custom_audiences", "schema": {"EMIAL": "payload.x"}}\n',
  );
  for (const data of ["people.csv", "people.txt", "people"])
    await write(
      `names-${data}.sync.yaml`,
      `sync: people
source: {file: people.csv}
state: {key: {id: email}, target: {value: VIP}, identifiers: {email: email}}
destination: {mapping: ./${data}, config: {ad_account_id: act_1}}
`,
    );
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
  const FOREIGN = [
    "people.csv",
    "people.ndjson",
    "retl.toml",
    "people.txt",
    "people.json",
    "person.json",
    "people",
  ];
  it.each(FOREIGN)("is not read where it could show people or tokens: %s", async (file) => {
    const diagnostic = `error: \`${file}\` is no YAML file by its name (cli.missing_file)
  Name a mapping or a sync file; data stands under \`source\` of a sync file.
`;
    expect(await said("check", file)).toBe(`${diagnostic}${file}: 1 error\n`);
    expect(await said("plan", file)).toBe(diagnostic);
  });

  it.each(["people.csv", "people.txt", "people"])(
    "is not shown either where a sync file calls it its mapping: %s",
    async (data) => {
      const file = `names-${data}.sync.yaml`;
      expect(await said("plan", file))
        .toBe(`${file}:4:24 error: \`${data}\` is no mapping (config.not_a_mapping)
  4 | destination: {mapping: ./${data}, config: {ad_account_id: act_1}}
    |                        ${"^".repeat(data.length + 2)}
  Name a mapping that ships, or the file that begins with \`mapping: 1\`.
`);
    },
  );

  it("is read under any name when its keys are those of a mapping", async () => {
    expect(await said("check", "kept")).toContain("Did you mean `EMAIL`?");
  });

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
