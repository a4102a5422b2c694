import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli } from "../e2e/cli.js";

const GRAPH = "https://graph.facebook.com";
const TOKEN = "planted-sync-token";
/** Of each test its own: a run leaves its store behind. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-sync-"));
  await writeFile(
    path.join(folder, "events.yaml"),
    "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\ncredential_namespace: destinations.meta\n",
  );
  await writeFile(
    path.join(folder, "audiences.yaml"),
    "config: {ad_account_id: '1'}\ncredential_namespace: destinations.meta\n",
  );
});

afterEach(async () => {
  nock.cleanAll();
  await rm(folder, { recursive: true });
});

const EVENTS = [1, 2].map((number) => ({
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: `r-${String(number)}`,
  identifiers: [{ type: "email", value: `lead-${String(number)}@example.test` }],
}));

const PEOPLE = ["VIP", "Others"].map((target) => ({
  operation: "upsert",
  target,
  record_identity: target,
  identifiers: [{ type: "email", value: "person@example.test" }],
}));

function sync(
  mapping: "events" | "custom_audiences",
  records: readonly unknown[],
  more: readonly string[] = [],
) {
  const binding = mapping === "events" ? "events.yaml" : "audiences.yaml";
  return cli(["sync", "--mapping", mapping, "--binding", binding, "--records", "-", ...more], {
    cwd: folder,
    stdin: records.map((record) => JSON.stringify(record)).join("\n"),
    env: { DESTINATIONS__META__ACCESS_TOKEN: TOKEN },
  });
}

describe("sync --records", () => {
  it("delivers and reports what Meta acknowledged", async () => {
    nock(GRAPH, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .post(`/${API_VERSION}/456/events`)
      .reply(200, { events_received: 2, messages: [], fbtrace_id: "A1" });
    const run = await sync("events", EVENTS);
    expect(run).toEqual({
      code: 0,
      stderr: "",
      stdout: `events: delivery succeeded; Meta acknowledged 1 of 1 request

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS  ACKNOWLEDGED
456     mapped  import            1        2       2             2

2 records read, 2 acknowledged.
`,
    });
  });

  it("is blocked by an expired token: exit 3, the advice, and no token in any output", async () => {
    nock(GRAPH)
      .post(`/${API_VERSION}/456/events`)
      .reply(400, {
        error: {
          message: `Error validating access token ${TOKEN}: Session has expired`,
          type: "OAuthException",
          code: 190,
          error_subcode: 463,
          fbtrace_id: "A2",
        },
      });
    const run = await sync("events", EVENTS, ["--json"]);
    expect(run.code).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({
      status: "blocked",
      records: { read: 2, acknowledged: 0, failed: 2 },
      failures: [
        {
          target: "456",
          evidence: {
            outcome: "blocked",
            code: 190,
            subcode: 463,
            fbtrace_id: "A2",
            evidence_code: "meta.auth_failed",
          },
        },
      ],
    });
    expect(`${run.stdout}${run.stderr}`).not.toContain(TOKEN);
  });

  it("calls a lost answer neither sent nor failed, however often it is tried", async () => {
    nock(GRAPH)
      .post(`/${API_VERSION}/456/events`)
      .times(6)
      .replyWithError({ code: "ECONNRESET", message: "reset" });
    const run = await sync("events", EVENTS, ["--json"]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      status: "failed",
      records: { read: 2, acknowledged: 0, failed: 0, unknown: 2 },
      requests: { planned: 1, unknown: 1, attempts: 6 },
    });
    expect(nock.pendingMocks()).toEqual([]);
  });

  it("holds back only the records of an audience that cannot be resolved", async () => {
    nock(GRAPH)
      .get(`/${API_VERSION}/act_1/customaudiences`)
      .query(true)
      .times(2)
      .reply(200, {
        data: [
          { id: "1", name: "VIP", subtype: "CUSTOM" },
          { id: "2", name: "VIP", subtype: "CUSTOM" },
          { id: "3", name: "Others", subtype: "CUSTOM" },
        ],
      });
    nock(GRAPH)
      .post(`/${API_VERSION}/3/users`)
      .reply(200, { audience_id: "3", num_received: 1, num_invalid_entries: 0 });
    const run = await sync("custom_audiences", PEOPLE);
    expect(run.code).toBe(1);
    expect(run.stdout)
      .toBe(`custom_audiences: delivery succeeded in part; Meta acknowledged 1 of 1 request

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  ROWS  ACKNOWLEDGED
VIP     failed  upsert            0        1     0             0
Others  found   upsert            1        1     1             1

2 records read, 1 acknowledged, 1 not sent.

What went wrong:
  VIP: several audiences are named "VIP": 1, 2. Say under \`targets\` which id is meant. (target.several)
`);
  });

  it("stops before it makes a store when the token is missing, with exit 3", async () => {
    const run = await cli(
      [
        ...["sync", "--mapping", "events", "--binding", "events.yaml", "--records", "-"],
        ...["--store", "none.duckdb"],
      ],
      { cwd: folder, stdin: JSON.stringify(EVENTS[0]), env: {} },
    );
    expect(run).toEqual({
      code: 3,
      stdout: "",
      stderr: `error: there is no access token in the variable \`DESTINATIONS__META__ACCESS_TOKEN\` or \`access_token\` in the table \`[destinations.meta]\` of \`retl.toml\` (config.missing_token)
  Set one of them, in the environment, in the file of \`--env-file\` or in the TOML file.
`,
    });
    expect(await readdir(folder)).not.toContain("none.duckdb");
  });

  it("ends with 2 when its input cannot be read", async () => {
    const args = [
      "sync",
      "--mapping",
      "events",
      "--binding",
      "events.yaml",
      "--records",
      "none.ndjson",
    ];
    const env = { DESTINATIONS__META__ACCESS_TOKEN: TOKEN };
    const run = await cli(args, { cwd: folder, env });
    expect(run.code).toBe(2);
    expect(run.stdout).toContain("delivery FAILED");
    expect(run.stderr).toContain("`none.ndjson` cannot be read (ENOENT)");
  });

  it("settles and counts what has left when its source breaks off", async () => {
    nock(GRAPH).post(`/${API_VERSION}/456/events`).reply(200, { events_received: 1_000 });
    const [event] = EVENTS;
    async function* breaking(): AsyncGenerator<Uint8Array> {
      const lines = Array.from({ length: 1_200 }, (_, index) =>
        JSON.stringify({ ...event, record_identity: `r-${String(index)}` }),
      );
      await Promise.resolve();
      yield new TextEncoder().encode(`${lines.join("\n")}\n`);
      throw Object.assign(new Error("read error"), { code: "EIO" });
    }
    const args = [
      "sync",
      "--mapping",
      "events",
      "--binding",
      "events.yaml",
      "--records",
      "-",
      "--json",
    ];
    const env = { DESTINATIONS__META__ACCESS_TOKEN: TOKEN };
    const run = await cli(args, { cwd: folder, stdin: breaking(), env });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      status: "partially_succeeded",
      source_problem: "source.unreadable",
      records: { acknowledged: 1_000 },
    });
  });
});
