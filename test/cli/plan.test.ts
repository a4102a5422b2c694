import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { sha256 } from "../../src/core/digest.js";
import { cli, type CliRun } from "../e2e/cli.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-plan-"));
  await file(
    "events.yaml",
    'config: {ad_account_id: "1", pixel_id: "456", action_source: website}',
  );
  await file(
    "audiences.yaml",
    "config: {ad_account_id: act_1}\ncredential_namespace: destinations.meta\ntargets: {Known: '77'}",
  );
});

afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  nock.cleanAll();
});

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, `${text}\n`);
  return place;
}

const EVENT = {
  event_name: "Purchase",
  occurred_at: "2026-04-30T12:00:00Z",
  record_identity: "r-1",
  identifiers: [{ type: "email", value: "Buyer@example.test" }],
  payload: { value: 9, currency: "EUR" },
};

const PERSON = {
  operation: "upsert",
  target: "VIP",
  record_identity: "p-1",
  identifiers: [{ type: "email", value: "vip@example.test" }],
};

interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

function plan(
  mapping: "events" | "custom_audiences",
  records: readonly unknown[],
  world: World = {},
) {
  const binding = mapping === "events" ? "events.yaml" : "audiences.yaml";
  const stdin = records.map((record) => JSON.stringify(record)).join("\n");
  const args = ["plan", "--mapping", mapping, "--binding", binding, "--records", "-", "--json"];
  return cli([...args, ...(world.args ?? [])], { cwd: folder, stdin, env: world.env ?? {} });
}

function lines(text: string): readonly unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

function summary({ code, stdout, stderr }: CliRun) {
  return { code, stdout: lines(stdout), stderr: lines(stderr) };
}

describe("plan --records --json", () => {
  it("prints one line per request, in the contract's words", async () => {
    const run = summary(await plan("events", [EVENT]));
    expect(run).toEqual({
      code: 0,
      stderr: [],
      stdout: [
        {
          index: 0,
          surface: "events",
          operation: "import",
          target: "456",
          target_status: "mapped",
          method: "POST",
          path: `/${API_VERSION}/456/events`,
          body: {
            data: [
              {
                event_name: "Purchase",
                event_id: "r-1",
                event_time: 1777550400,
                action_source: "website",
                user_data: { em: [sha256("buyer@example.test")] },
                custom_data: { value: 9, currency: "EUR" },
              },
            ],
          },
          record_identities: ["r-1"],
          record_count: 1,
          item_counts: [1],
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    });
  });

  it("prints rejections as lines on standard error, and exits with 1", async () => {
    const bad = { ...EVENT, record_identity: "r-2", occurred_at: "2026-04-30T12:00:00" };
    const run = summary(await plan("events", [EVENT, bad]));
    expect(run.code).toBe(1);
    expect(run.stdout).toHaveLength(1);
    expect(run.stderr).toEqual([
      {
        identity: "r-2",
        code: "time_without_zone",
        field: "event_time",
        message: "`event_time` is a time without a zone.",
      },
    ]);
  });

  it("rejects a line that is no JSON by its position and plans the others", async () => {
    const stdin = `${JSON.stringify(EVENT)}\n{"event_name": \n`;
    const args = [
      "plan",
      "--mapping",
      "events",
      "--binding",
      "events.yaml",
      "--records",
      "-",
      "--json",
    ];
    const run = summary(await cli(args, { cwd: folder, stdin }));
    expect(run).toMatchObject({
      code: 1,
      stderr: [{ identity: "#2", code: "invalid_record" }],
    });
    expect(run.stdout).toHaveLength(1);
  });

  it("checks no ages unless the clock is frozen", async () => {
    const old = { ...EVENT, occurred_at: "2020-01-01T00:00:00Z" };
    expect((await plan("events", [old])).code).toBe(0);
    const frozen = summary(
      await plan("events", [old], { args: ["--now", "2026-04-30T12:00:00Z"] }),
    );
    expect(frozen).toMatchObject({ code: 1, stdout: [], stderr: [{ code: "too_old" }] });
  });

  it("leaves the path open and says so when there is no token to look an audience up", async () => {
    const run = summary(await plan("custom_audiences", [PERSON]));
    expect(run).toMatchObject({
      code: 0,
      stdout: [{ target_status: "unresolved", path: `/${API_VERSION}/{custom_audience_id}/users` }],
      stderr: [{ severity: "note" }],
    });
  });

  it("takes an explicitly mapped audience without asking anybody", async () => {
    const run = summary(await plan("custom_audiences", [{ ...PERSON, target: "Known" }]));
    expect(run).toMatchObject({
      code: 0,
      stdout: [{ target_status: "mapped", path: `/${API_VERSION}/77/users`, operation: "upsert" }],
      stderr: [],
    });
  });

  it("looks audiences up with a token, creates none, and never prints the token", async () => {
    const token = "planted-plan-token";
    const lookup = nock("https://graph.facebook.com", {
      reqheaders: { authorization: `Bearer ${token}` },
    })
      .get(`/${API_VERSION}/act_1/customaudiences`)
      .query({ fields: "id,name,subtype,operation_status", limit: "100" })
      .reply(200, { data: [{ id: "9", name: "VIP", subtype: "CUSTOM" }] });
    const env = { DESTINATIONS__META__ACCESS_TOKEN: token };
    const run = await plan(
      "custom_audiences",
      [PERSON, { ...PERSON, record_identity: "p-2", operation: "remove" }],
      { env },
    );
    expect(summary(run)).toMatchObject({
      code: 0,
      stdout: [
        { index: 0, method: "POST", target_status: "found", path: `/${API_VERSION}/9/users` },
        { index: 1, method: "DELETE", target_status: "found", path: `/${API_VERSION}/9/users` },
      ],
    });
    expect(`${run.stdout}${run.stderr}`).not.toContain(token);
    expect(lookup.isDone()).toBe(true);
  });

  it("gives the same bytes for the same input", async () => {
    const [first, second] = [await plan("events", [EVENT]), await plan("events", [EVENT])];
    expect(second.stdout).toBe(first.stdout);
  });

  it("tolerates rejections up to a number or a share", async () => {
    const bad = { ...EVENT, record_identity: "r-2", identifiers: [] };
    for (const [limit, code] of [
      ["1", 0],
      ["0", 1],
      ["50%", 0],
      ["49%", 1],
    ] as const)
      expect((await plan("events", [EVENT, bad], { args: ["--max-rejects", limit] })).code).toBe(
        code,
      );
  });
});

describe("plan as text", () => {
  it("prints a table, the rejections by reason with an example, and bodies on request", async () => {
    const stdin = [EVENT, { ...EVENT, record_identity: "r-2", identifiers: [] }]
      .map((record) => JSON.stringify(record))
      .join("\n");
    const args = ["plan", "--mapping", "events", "--binding", "events.yaml", "--records", "-"];
    expect(await cli(args, { cwd: folder, stdin })).toEqual({
      code: 1,
      stderr: "",
      stdout: `events: plan of 1 request; nothing was sent

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS
456     mapped  import            1        1       1

2 records read, 1 planned, 1 rejected.

REJECTED  RECORDS  FOR EXAMPLE
missing         1  r-2: The event has no usable \`user_data.em\` or \`user_data.ph\` or \`user_data.external_id\`.

Match quality of 2 records, 1 of them to send:

FIELD         RECORDS  VALUES  USABLE  HASHED BEFORE  DROPPED  SUSPICIOUS
user_data.em        1       1       1              0        0           1

IDENTIFIERS TOGETHER  RECORDS    SHARE
1 identifier                1  100.0 %
em                          1  100.0 %

LOOK AT       VALUES  WHAT TO DO
user_data.em       1  At domains for tests and examples (\`example.com\`, \`.test\`), which nobody has. Leave these records out.
all records        1  Records with one identifier only. Meta finds more people by several: add a phone number, a name with city or postcode, or your own id.
`,
    });
    const shown = await cli([...args, "--show", "1"], { cwd: folder, stdin });
    expect(shown.stdout).toContain(`"path": "/${API_VERSION}/456/events"`);
  });
});
