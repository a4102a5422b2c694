/** `forget` on the command line, against an emulator of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmulator, type RunningEmulator } from "../../src/emulator/http.js";
import { cli, type CliRun } from "../e2e/cli.js";

const NOW = Date.UTC(2026, 3, 30, 12);

const SYNC = `sync: people
source: { file: people.csv }
state:
  key: { id: id }
  target: audience
  identifiers: { email: email, phone_e164: phone }
destination:
  mapping: custom_audiences
  credential_namespace: destinations.meta
  config: { ad_account_id: "1" }
`;

const FILES = {
  "people.yaml": SYNC,
  "people.csv":
    "id,audience,email,phone\n1,VIP,ann@example.test,+4930111\n2,VIP,bob@example.test,+4930222\n",
  "binding.yaml":
    'config: { ad_account_id: "1" }\ncredential_namespace: destinations.meta\nbinding_name: meta\n',
  "events.yaml":
    'config: { ad_account_id: "1", pixel_id: "456", action_source: website }\ncredential_namespace: destinations.meta\n',
  "erased.csv": "email\nann@example.test\n",
  "half.csv": "email,phone_e164\nann@example.test,\n,\n",
  "nobody.csv": "email\n",
  "nobody-yet.csv": "email\nzoe@example.test\n",
  "broken.csv": "email,phone_e164\nann@example.test\n",
  "slip.csv": "emial\nann@example.test\n",
};

let folder: string;
let emulator: RunningEmulator;
let now = NOW;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-cli-forget-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
  emulator = await startEmulator({ port: 0, clock: () => now, matching: "cell" });
});

afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true });
});

function run(...argv: readonly string[]): Promise<CliRun> {
  now += 3_600_000;
  return cli([...argv, "--emulator", emulator.url], { cwd: folder, now });
}

/** Its command without what says whom. */
const FORGET = ["forget", "--binding", "binding.yaml", "--mapping", "custom_audiences"];

function forget(file: string, ...more: readonly string[]): Promise<CliRun> {
  return run(...FORGET, "--identifiers", file, ...more);
}

describe("forget on the command line", () => {
  it("refuses a store that is not there: nobody would be in its audiences", async () => {
    const { code, stderr } = await forget("erased.csv");
    expect(code).toBe(2);
    expect(stderr).toContain("store.missing");
  });

  it("shows what would be removed, removes it, and keeps it out", async () => {
    expect((await run("sync", "people.yaml")).code).toBe(0);
    const dry = await forget("erased.csv", "--dry-run");
    expect(dry).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        "forget: 1 person, 1 identifier; nothing was sent or written",
        "",
        "AUDIENCE  ROWS HELD  ROWS TO REMOVE",
        "VIP               1               2",
        "",
      ].join("\n"),
    });
    const done = await forget("erased.csv");
    expect(done).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        "forget: 1 person, 1 identifier; suppressed, and removal succeeded",
        "",
        "AUDIENCE  ROWS HELD  ROWS SENT  ACKNOWLEDGED",
        "VIP               1          2             2",
        "",
      ].join("\n"),
    });
    const next = await run("sync", "people.yaml");
    expect(next.code).toBe(0);
    expect(next.stdout).toContain("2 records read, 1 unchanged, 1 suppressed by `forget`.");
  });

  it("refuses an id after --gone that is of no audience of the store, and does nothing", async () => {
    const missed = await forget("nobody-yet.csv", "--gone", "123");
    expect(missed).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: --gone names the audience 123, to which nobody was sent from this store; nobody was removed or suppressed (forget.unknown_audience)\n  The report of `forget` names the ids of audiences that were not found. Correct the id, or leave it out.\n",
    });
    expect((await forget("nobody-yet.csv", "--lift")).stdout).toContain("0 identifiers");
  });

  it("tells the same as JSON, and which rows of the file cannot be used", async () => {
    const { code, stdout, stderr } = await forget("half.csv", "--json");
    expect([code, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toEqual({
      dry_run: false,
      status: "partially_succeeded",
      people: 1,
      identifiers: 1,
      suppressed_before: 1,
      audiences: [{ target: "VIP", held: 0, planned: 1, acknowledged: 1 }],
      dropped_rows: 0,
      failures: [],
      busy: [],
      rejections: [{ row: "#2", code: "missing", field: "identifiers" }],
      dropped_values: {},
    });
    const text = await forget("half.csv");
    expect(text.stdout).toContain("(1 of them was suppressed before)");
    expect(text.stdout).toContain(
      "What went wrong:\n  Row #2 of the file: The record has no usable identifier.",
    );
  });

  it("lets people be sent again, and says of how many identifiers", async () => {
    const { code, stdout } = await forget("erased.csv", "--lift");
    expect([code, stdout]).toEqual([
      0,
      "forget: 1 identifier of 1 person no longer suppressed; the next runs send them again.\n",
    ]);
    const json = await forget("erased.csv", "--lift", "--json");
    expect(JSON.parse(json.stdout)).toEqual({
      ...{ did: "lift", people: 1, lifted: 0, rejected: 0, dropped_values: {} },
    });
    expect((await run("sync", "people.yaml")).stdout).toContain(
      "2 records read, 1 acknowledged, 1 unchanged.",
    );
  });

  it("lifts nobody silently whose row cannot be used", async () => {
    const { code, stdout } = await forget("half.csv", "--lift");
    expect([code, stdout]).toEqual([
      1,
      [
        "forget: 0 identifiers of 1 person no longer suppressed; the next runs send them again.",
        "",
        "What went wrong:",
        "  Row #2 of the file: The record has no usable identifier.",
        "",
      ].join("\n"),
    ]);
  });

  it("says that a file names nobody, and nothing else", async () => {
    expect(await forget("nobody.csv")).toEqual({
      code: 0,
      stderr: "",
      stdout: "forget: the file names nobody who could be removed\n",
    });
  });

  it.each([
    ["nowhere.csv", "starts at the folder that you are in"],
    ["broken.csv", "nothing was done yet"],
  ])("tells what to do about %s", async (file, remedy) => {
    const { code, stderr } = await forget(file);
    expect(code).toBe(2);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain("@");
  });

  it("refuses a file with a column that is no identifier, and names no value of it", async () => {
    const { code, stderr } = await forget("slip.csv");
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean `email`?");
    expect(stderr).not.toContain("ann@");
  });

  it.each([
    [["--dry-run", "--lift"], "either --dry-run or --lift"],
    [["--gone", "1", "--lift"], "--lift removes nobody"],
    [["--mapping", "events", "--binding", "events.yaml"], "a mapping of audiences"],
  ])("refuses %j", async (more, because) => {
    const { code, stderr } = await forget("erased.csv", ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(because);
  });

  it("is told by which mapping the audiences were filled: by another one nobody may be found", async () => {
    const argv = ["forget", "--identifiers", "erased.csv", "--binding", "binding.yaml"];
    const { code, stderr } = await run(...argv);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("required option '--mapping <name-or-file>' not specified"),
    ]);
  });

  it("refuses a frozen clock without an emulator", async () => {
    const argv = [...FORGET, "--identifiers", "erased.csv"];
    const { code, stderr } = await cli([...argv, "--now", "2026-04-30T12:00:00Z"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--now goes with --emulator")]);
  });
});
