/** Mirrors on the command line, each against an emulator of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, type CliRun } from "../e2e/cli.js";

let folder: string;

const DESTINATION = `destination:
  mapping: custom_audiences
  credential_namespace: destinations.meta
  config: { ad_account_id: "1" }
`;

const STATE = `sync: people
source: { file: people.csv }
state:
  key: { id: id }
  target: audience
  identifiers: { email: email }
`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-cli-mirror-"));
  const files = {
    "mirror.yaml": STATE + DESTINATION,
    "listed.yaml": `${STATE}  operation_column: change\n${DESTINATION}`,
    "people.csv":
      "id,audience,email,change\n1,VIP,a@example.test,upsert\n2,VIP,b@example.test,upsert\n",
    "twice.yaml": STATE.replace("people.csv", "twice.csv") + DESTINATION,
    "twice.csv": "id,audience,email\n1,VIP,a@example.test\n1,VIP,b@example.test\n",
    "nobody.yaml": STATE.replace("people.csv", "nobody.csv") + DESTINATION,
    "nobody.csv": "id,audience,email\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true }));

function run(...argv: readonly string[]): Promise<CliRun> {
  return cli([...argv, "--emulator"], { cwd: folder });
}

function jsonOf({ stdout }: CliRun): unknown {
  const parsed: unknown = JSON.parse(stdout);
  return parsed;
}

describe("a mirror on the command line", () => {
  it("tells what differs, in a table and in JSON", async () => {
    const planned = await run("plan", "mirror.yaml");
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain(
      [
        "AUDIENCE  JOINED  LEFT  CHANGED  MOVED  REPEATED  UNCHANGED",
        "VIP            2     0        0      0         0          0",
      ].join("\n"),
    );
    const sent = await run("sync", "mirror.yaml", "--json");
    expect(sent.code).toBe(0);
    const refused = { refused_removals: 0, refused_additions: 0 };
    const none = { held: 0, removals: 0, removed_by_change: 0, kept: 0, ...refused };
    expect(jsonOf(sent)).toMatchObject({
      records: { read: 2, acknowledged: 2, unchanged: 0 },
      mirror: {
        audiences: [
          {
            target: "VIP",
            audience_id: expect.stringMatching(/^\d+$/),
            members: { joined: 2, left: 0, changed: 0, moved: 0, repeated: 0, unchanged: 0 },
            rows: { ...none, wanted: 2, additions: 2 },
          },
        ],
        mode: "mirror",
        missing: [],
        open_removals: 0,
      },
    });
  });

  it("prints what differs last in a plan for machines", async () => {
    const planned = await run("plan", "mirror.yaml", "--json");
    expect(planned.code).toBe(0);
    const lines = planned.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      mirror: { audiences: [{ target: "VIP", members: { joined: 2 } }] },
    });
  });

  it("has nothing to do where nobody is wanted and nobody is there", async () => {
    const sent = await run("sync", "nobody.yaml");
    expect(sent.code).toBe(0);
    expect(sent.stdout).toBe(
      "custom_audiences: nothing to send: every audience is as its source wants it\n\n0 records read.\n",
    );
  });

  it("takes a record that is there twice for a fault of the source", async () => {
    const sent = await run("sync", "twice.yaml");
    expect(sent.code).toBe(2);
    expect(sent.stderr).toContain("source.repeated_records");
    expect(sent.stderr).toContain(
      '1 record is there more than once for one audience: {"key":{"id":"1"},"target":"VIP"}; nothing was sent',
    );
    expect(sent.stdout).toMatch(
      /^custom_audiences: nothing was sent: the source is compared as a whole/,
    );
  });

  it.each(["--full-refresh", "--allow-removals"])(
    "is asked nothing by %s where rows say themselves what to do",
    async (option) => {
      const refused = await run("plan", "listed.yaml", option);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain(
        `${option} goes with a sync that compares; with \`operation_column\` the rows say themselves what to do`,
      );
    },
  );

  it("is not what a sync is whose rows say themselves what to do", async () => {
    const sent = await run("sync", "listed.yaml", "--json");
    expect(sent.code).toBe(0);
    expect(jsonOf(sent)).not.toHaveProperty("mirror");
    expect(jsonOf(sent)).toMatchObject({ records: { read: 2, acknowledged: 2 } });
  });
});
