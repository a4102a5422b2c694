import { writeFile } from "node:fs/promises";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_VERSION, VERSION_ENDS } from "../../src/generated/constants.js";
import { startEmulator } from "../../src/emulator/http.js";
import { cli, type CliRun } from "../e2e/cli.js";
import { start, T0 } from "../store/rows.js";
import { NOW, operator, type Operator } from "./operator.js";

const GRAPH = "https://graph.facebook.com";
const SECRET = "planted-token-77d0";
/** On whose schedule no version is about to end. */
const QUIET = Object.entries(VERSION_ENDS).find(([, { graph }]) => graph === null)?.[0] ?? "";
let world: Operator;

beforeEach(async () => {
  world = await operator();
  const token = "credentials: {access_token: 'env:TOKEN'}\n";
  await writeFile(
    path.join(world.folder, "events.yaml"),
    `config: {ad_account_id: '111', pixel_id: '456', action_source: website, api_version: ${QUIET}}\n${token}`,
  );
  await writeFile(
    path.join(world.folder, "people.yaml"),
    `config: {ad_account_id: '111'}\ntargets: {VIP: '77'}\n${token}`,
  );
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await world.end();
});

function run(...argv: readonly string[]): Promise<CliRun> {
  return cli(argv, { cwd: world.folder, now: NOW, env: { TOKEN: SECRET } });
}

/** Matches findings with this one among them. */
function containing(finding: object): unknown {
  return expect.arrayContaining([expect.objectContaining(finding)]);
}

describe("doctor", () => {
  it("finds nothing wrong with the emulator, whose token is not the real one", async () => {
    const { code, stdout, stderr } = await run("doctor", "--binding", "people.yaml", "--emulator");
    expect({ code: 1, stderr: "" }).toEqual({ code, stderr });
    expect(stdout).toContain(
      "token        SYSTEM_USER, without end, ads_management, ads_read, business_management\n",
    );
    expect(stdout).toContain(
      'warning: there is no audience "VIP" (77), or the token may not see it (audience.missing)\n',
    );
    expect(stdout).toContain("  More: docs/doctor.md#audiencemissing\n");
    expect(stdout).not.toContain(SECRET);
  });

  it("counts no audiences where none is named and none was ever filled", async () => {
    const token = "credentials: {access_token: 'env:TOKEN'}\n";
    const binding = `config: {ad_account_id: '111'}\n${token}`;
    await writeFile(path.join(world.folder, "new.yaml"), binding);
    const { stdout } = await run("doctor", "--binding", "new.yaml", "--emulator");
    expect(stdout).toContain("\naudiences    none known here yet\n");
  });

  it("ends well where nothing is wrong", async () => {
    const graph = nock(GRAPH, { reqheaders: { authorization: `Bearer ${SECRET}` } });
    const data = { type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: ["ads_read"] };
    const date = new Date(NOW).toUTCString();
    graph
      .get(`/${QUIET}/debug_token`)
      .query({ input_token: SECRET })
      .reply(200, { data }, { date });
    const account = { id: "act_111", name: "Shop", account_status: 1 };
    graph.get(`/${QUIET}/act_111`).query(true).reply(200, account);
    graph.get(`/${QUIET}/456`).query(true).reply(200, { id: "456", name: "Web" });
    expect(await run("doctor", "--binding", "events.yaml")).toEqual({
      code: 0,
      stderr: "",
      stdout: `token        SYSTEM_USER, without end, ads_read
ad account   111, "Shop", active
pixels       1 of 1 found
clock        as Meta's
API version  ${QUIET}; events: no end known; audiences: no end known
store        ${world.file}: none yet

note: no end of ${QUIET} is known here for events (version.end_unknown)
  Look at Meta's table now and then.
  Meta: https://developers.facebook.com/docs/graph-api/changelog/versions
  More: docs/doctor.md#versionend_unknown

Nothing is wrong, 1 note.
`,
    });
  });

  it("is blocked by a token that has expired, which it shows nowhere", async () => {
    const error = {
      code: 190,
      error_subcode: 463,
      message: `bad ${SECRET}`,
      type: "OAuthException",
    };
    nock(GRAPH).get(`/${API_VERSION}/debug_token`).query(true).reply(400, { error });
    nock(GRAPH).get(`/${API_VERSION}/debug_token`).query(true).reply(400, { error });
    const { code, stdout, stderr } = await run("doctor", "--binding", "people.yaml");
    expect(code).toBe(3);
    expect(stdout).toContain(
      "blocked: Meta refuses the token (token.invalid)\n  The access token has expired (code 190/463). Make a new access token;",
    );
    expect(`${stdout}${stderr}`).not.toContain(SECRET);
    const json = await run("doctor", "--binding", "people.yaml", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      health: "blocked",
      findings: containing({
        code: "token.invalid",
        severity: "blocked",
        more: "docs/doctor.md#tokeninvalid",
      }),
      meta: { ad_account_id: "111", token: { kind: "refused", by_token: true } },
      store: { kind: "none" },
    });
    expect(json.stdout).not.toContain(SECRET);
  });

  it("is blocked without a token, before anything is asked", async () => {
    const { code, stdout } = await cli(["doctor", "--binding", "people.yaml"], {
      cwd: world.folder,
    });
    expect(code).toBe(3);
    expect(stdout).toContain("there is no access token in the variable `TOKEN`. Set it,");
  });

  it("looks at the store alone when no file is named", async () => {
    await world.given(async (store) => {
      const runId = await start(store);
      await store.runs.end(runId, "blocked", T0 + 1, "{}");
    });
    const { code, stdout } = await run("doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(/store {8}.*state\.duckdb: opens, \d+\.\d MB, 0 open requests\n/);
    expect(stdout).toContain("(store.needs_you)");
    expect(stdout).toContain("was blocked: put token, permission and terms in order.");
  });

  it("says of a store that cannot be opened why, and asks Meta all the same", async () => {
    await writeFile(path.join(world.folder, "broken.duckdb"), "no database");
    const emulator = await startEmulator({ clock: () => NOW, matching: "cell" });
    try {
      const argv = ["--binding", "people.yaml", "--emulator", emulator.url];
      const { code, stdout } = await run("doctor", ...argv, "--store", "broken.duckdb", "--json");
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        findings: containing({ code: "store.unusable" }),
        store: { kind: "unusable", fault: { code: "store.unreadable" } },
        meta: { account: { kind: "known" } },
      });
    } finally {
      await emulator.stop();
    }
  });

  it.each([
    [["a.sync.yaml", "--binding", "people.yaml"], "give either a sync file or --binding, not both"],
    [["--emulator"], "--emulator goes with a sync file or --binding"],
    [
      ["--binding", "people.yaml", "--store", "x", "--emulator"],
      "--store goes with an emulator at a URL: one of its own knows nothing of any store",
    ],
    [["--binding", "none.yaml"], "there is no file `none.yaml`"],
    [
      ["--binding", "people.yaml", "--emulator", "http://example.com"],
      "the emulator's URL is not an `http` URL of this machine",
    ],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await run("doctor", ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
