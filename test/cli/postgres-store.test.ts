/** Commands on a store that several machines share. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { PASSWORD } from "../postgres/server.js";
import { end, start, T0 } from "../store/rows.js";
import { PostgresWorlds } from "../store/postgres-world.js";
import { cli, type CliRun } from "../e2e/cli.js";

const GRAPH = "https://graph.facebook.com";
const LEAD = {
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: "order-1",
  identifiers: [{ type: "email", value: "ada@example.test" }],
};

let worlds: PostgresWorlds;
let folder: string;
let url: string;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

beforeEach(async () => {
  url = await worlds.newDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-shared-"));
  await writeFile(
    path.join(folder, "binding.yaml"),
    "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\ncredentials: {access_token: 'env:TOKEN'}\nstore: env:RETL_STORE_URL\n",
  );
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await rm(folder, { recursive: true });
});

async function command(argv: readonly string[], env: Record<string, string>): Promise<CliRun> {
  const done = await cli(argv, { cwd: folder, stdin: JSON.stringify(LEAD), env });
  expect(`${done.stdout}${done.stderr}`).not.toContain(PASSWORD);
  return done;
}

function run(which: "plan" | "sync", ...more: readonly string[]): Promise<CliRun> {
  const args = ["--mapping", "events", "--binding", "binding.yaml", "--records", "-"];
  const env = { TOKEN: "planted-token-8e07", RETL_STORE_URL: url };
  return command([which, ...args, ...more], env);
}

/** A command on the store that is named on the command line. */
function look(...argv: readonly string[]): Promise<CliRun> {
  return command([...argv, "--store", "env:STORE"], { STORE: url });
}

function answering(status: number, body: object): void {
  nock(GRAPH).post(`/${API_VERSION}/456/events`).times(1).reply(status, body);
}

describe("commands on a shared store", () => {
  it("deliver once, and know so from then on", async () => {
    expect((await look("status")).stderr).toBe(
      "There is no store at `env:STORE` yet. `sync` makes one when it runs; --store names another one, such as an emulator's: .retl/emulator.duckdb.\n",
    );
    answering(200, { events_received: 1 });
    expect((await run("sync")).code).toBe(0);
    const plan = await run("plan", "--json", "--now", "2026-04-30T12:00:00Z");
    expect(plan).toMatchObject({ code: 0, stdout: "" });
    expect((await run("sync")).code).toBe(0);
    const status = await look("status", "--json");
    expect(status).toMatchObject({ code: 0, stderr: "" });
    expect(status.stdout).toContain('"delivered":1');
  });

  it("take an operator's word", async () => {
    answering(400, {
      error: { message: "Invalid parameter", code: 100, error_subcode: 2_804_036 },
    });
    expect((await run("sync")).code).toBe(1);
    expect((await look("rejects", "list")).stdout).toContain("order-1");
    expect(await look("ledger", "retry", "1-1")).toMatchObject({ code: 0, stderr: "" });
    answering(200, { events_received: 1 });
    expect((await run("sync")).code).toBe(0);
  });

  it("read while a run goes on elsewhere, and refuse another one of the same sync by the holder's name", async () => {
    const elsewhere = await worlds.opened("retl_meta", { url });
    const runId = await start(elsewhere, T0, "records:binding");
    const refused = await run("sync");
    expect(refused).toMatchObject({
      code: 2,
      stderr:
        "error: the sync `records:binding` is being run by node (PID 1) (store.sync_taken)\n  Wait until that run has ended, or stop it.\n",
    });
    expect((await look("status")).stdout).toContain("node (PID 1)");
    expect((await run("plan", "--now", "2026-04-30T12:00:00Z")).code).toBe(0);
    await end(elsewhere, runId);
    await elsewhere.close();
    answering(200, { events_received: 1 });
    expect((await run("sync")).code).toBe(0);
  });
});

describe("a shared store that cannot be opened", () => {
  it.each([
    [
      "env:NOWHERE",
      "there is no URL of a store in the variable `NOWHERE` (store.missing_variable)",
    ],
    [
      `postgres://postgres:${PASSWORD}@host/db`,
      "what --store says is neither a path nor a reference like `env:NAME` (store.no_reference)",
    ],
    ["env:WRONG", "the store `env:WRONG` refuses its user or password (store.auth)"],
    ["env:ODD", "what `env:ODD` holds is no URL of a PostgreSQL database (store.invalid_url)"],
  ])("is told as what it is, without its URL: %s", async (store, told) => {
    const env = { WRONG: url.replace(PASSWORD, `not-${PASSWORD}`), ODD: PASSWORD };
    for (const argv of [["status"], ["ledger", "retry", "1-1"]]) {
      const { code, stderr } = await command([...argv, "--store", store], env);
      expect(code).toBe(2);
      expect(stderr).toContain(`error: ${told}\n`);
    }
  });

  it("is found by the variables of a file", async () => {
    await writeFile(path.join(folder, "store.env"), `STORE=${url}\n`);
    await (await worlds.opened("retl_meta", { url })).close();
    const named = ["--store", "env:STORE", "--env-file"];
    expect((await command(["status", ...named, "store.env"], {})).code).toBe(0);
    expect((await command(["status", ...named, "no.env"], {})).code).toBe(2);
  });
});
