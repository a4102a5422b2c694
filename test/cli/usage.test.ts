import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli } from "../e2e/cli.js";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

describe("the command line", () => {
  it.each([
    [["plan"], "name a sync file, or give --records with --mapping and --binding"],
    [["plan", "--records", "-"], "--records needs --mapping and --binding as well"],
    [["plan", "x.yaml", "--records", "-"], "give either a sync file or --records, not both"],
    [["plan", "x.yaml", "--mapping", "events"], "a sync file names its own"],
    [["sync", "x.yaml", "--now", "2026-04-30T12:00:00Z"], "--now goes with --emulator only"],
    [["sync", "x.yaml", "--now", "yesterday"], "Write a time such as 2026-04-30T12:00:00Z"],
    [["sync", "x.yaml", "--now", "2026-04-30T12:00:00"], "The time has no zone"],
    [["sync", "x.yaml", "--max-rejects", "many"], "Write a number of records"],
    [["sync", "--allow-removals", "x.yaml"], "Write the sync file before --allow-removals"],
    [
      [
        ...["plan", "--records", "-", "--mapping", "events", "--binding", "b.yaml"],
        "--full-refresh",
      ],
      "--allow-removals and --full-refresh go with a sync file",
    ],
    [["plan", `${EXAMPLES}purchases.sync.yaml`, "--full-refresh"], "goes with a sync of people"],
    [
      ["sync", "x.yaml", "--emulator", "--store", "s.duckdb"],
      "--store goes with an emulator at a URL",
    ],
    [["plan", "x.yaml", "--show", "-1"], "Write a whole number"],
    [["emulator", "--port", "70000"], "A port is a number up to 65535"],
    [["emulator", "--matching", "guess"], "cell, person"],
    [["emulator", "--fault", "rest=0.1"], "Did you mean reset?"],
    [["emulator", "--fault", "reset"], "Write a kind and a rate such as reset=0.1 or reset=10%."],
    [["emulator", "--fault", "reset=60%", "--fault", "hang=0.6"], "are 1, or 100%, at most"],
    [["emulator", "--calls-per-hour", "0"], "Write a whole number above 0"],
    [["plan", "no-such.yaml"], "there is no file `no-such.yaml` (cli.missing_file)"],
    [["plna", "x.yaml"], "Did you mean plan?"],
    [["ledger", "shwo", "1-1"], "Did you mean show?"],
    [["ledger", "show"], "missing required argument 'batch'"],
    [["ledger", "list", "--state", "unknwn"], "Did you mean unknown? States are pending, sending"],
    [["ledger", "list", "--state", "all"], "'all' is invalid. States are pending, sending"],
    [["ledger", "list", "--limit", "many"], "Write a whole number"],
    [["rejects", "list", "--orign", "meta"], "Did you mean --origin?"],
    [["rejects", "list", "--origin", "facebook"], "Allowed choices are meta, local, operator"],
    [["rejects", "retry"], "or --all for all of them"],
    [["targets", "forgte", "VIP"], "Did you mean forget?"],
    [["stauts"], "error: unknown command 'stauts' (cli.usage)\n  Did you mean status?\n"],
    [["sync", "a.sync.yaml", "b.sync.yaml"], "too many arguments for 'sync'"],
    [["sync", "--emulator", "a.sync.yaml"], "Write the sync file before --emulator"],
    [
      ["plan", `${EXAMPLES}purchase.sync.yaml`],
      `  Did you mean \`${path.normalize(`${EXAMPLES}purchases.sync.yaml`)}\`? A relative path`,
    ],
  ])("answers %j with the mistake and exit code 2", async (argv, message) => {
    const run = await cli(argv);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  it("tells its version and that of Meta's API", async () => {
    const text = await readFile(path.resolve("package.json"), "utf8");
    const version = /"version": "([^"]+)"/.exec(text)?.[1];
    expect(await cli(["--version"])).toEqual({
      code: 0,
      stdout: `retl-meta ${version ?? "?"} (Graph API ${API_VERSION})\n`,
      stderr: "",
    });
  });

  it("refuses an emulator that is not on this machine", async () => {
    const file = `${EXAMPLES}purchases.sync.yaml`;
    const run = await cli(["plan", file, "--emulator", "https://graph.facebook.com"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("emulator.not_loopback");
  });

  it("says where an error of the arguments is, as JSON, with --json", async () => {
    const run = await cli(["plan", "--json"]);
    expect(JSON.parse(run.stderr)).toMatchObject({ severity: "error", code: "cli.usage" });
  });

  it.each([
    "check",
    "explain",
    "plan",
    "sync",
    "status",
    "ledger",
    "ledger list",
    "ledger show",
    "ledger retry",
    "ledger skip",
    "rejects",
    "rejects list",
    "rejects export",
    "rejects retry",
    "targets",
    "targets list",
    "targets forget",
    "targets distrust",
    "emulator",
    "doctor",
    "audiences",
    "init",
    "forget",
    "completion",
  ])("explains %s with an example", async (command) => {
    const run = await cli([...command.split(" "), "--help"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/Examples?:\n {2}retl-meta /);
  });

  it.each(["ledger", "rejects", "targets"])(
    "explains %s where it is told nothing to do",
    async (command) => {
      const run = await cli([command]);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr).toContain(`Usage: retl-meta ${command} [options] [command]`);
    },
  );
});

describe("check", () => {
  it("passes the sample syncs, reading their columns and times", async () => {
    const files = ["vip_customers", "purchases"].map((name) => `${EXAMPLES}${name}.sync.yaml`);
    const run = await cli(["check", ...files]);
    expect(run).toEqual({ code: 0, stdout: "", stderr: `${files.join(": well\n")}: well\n` });
  });

  it("points at the identifier type that the mapping does not read, and says what it reads", async () => {
    const text = await readFile(`${EXAMPLES}vip_customers.sync.yaml`, "utf8");
    const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-check-"));
    const file = path.join(folder, "vip.sync.yaml");
    await writeFile(
      file,
      text.replace("    email:", "    emial:").replace("data/", `${EXAMPLES}data/`),
    );
    const run = await cli(["check", file]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain("`emial` (sync.unused_identifier)");
    expect(run.stdout).toMatch(
      /\| {5}emial: .*\n.*\| {5}\^{5}\n {2}Did you mean `email`\? The mapping `retl-meta/,
    );
    await rm(folder, { recursive: true });
  });
});

describe("explain", () => {
  it("prints the page of a check, by its code with or without the area", async () => {
    const page = new URL("../../docs/checks/event_id_absent.md", import.meta.url);
    const expected = { code: 0, stdout: await readFile(page, "utf8"), stderr: "" };
    expect(await cli(["explain", "check.event_id_absent"])).toEqual(expected);
    expect(await cli(["explain", "event_id_absent"])).toEqual(expected);
  });

  it("lists the codes, and offers the near one", async () => {
    const { stdout } = await cli(["explain"]);
    expect(stdout.split("\n")).toContain("check.weak_user_data");
    expect(await cli(["explain", "check.weak_userdata"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: there is no page for this code (cli.unknown_code)\n  Did you mean `check.weak_user_data`?\n",
    });
    expect((await cli(["explain", "phone"])).stderr).toContain("Did you mean `check.phone_plus`?");
    expect((await cli(["explain", "nothing.like_it"])).stderr).toContain(
      "`retl-meta explain` lists them all.",
    );
  });

  it("tells of a code its cause, remedy, exit code and place in the manual", async () => {
    const { stdout } = await cli(["explain", "store.sync_taken"]);
    expect(stdout).toBe(`# store.sync_taken

Another run of the same sync is under way. Nothing was sent.

To do: Wait until it has ended, or stop it; see that schedules do not overlap.

Exit code 2. More: docs/errors.md#storesync_taken
`);
  });

  it("prints what the manual has of a finding of doctor", async () => {
    const { stdout } = await cli(["explain", "token.expires_soon"]);
    expect(stdout).toMatch(/^# token\.expires_soon\n\nThe token ends within 14 days\. /);
    expect(stdout).toMatch(
      /\n\nExit code of `doctor`: 3 .* More: docs\/doctor\.md#tokenexpires_soon\n$/,
    );
  });

  it("knows Meta's codes, and takes one whose subcode it does not know for its code alone", async () => {
    const expired = (await cli(["explain", "190/463"])).stdout;
    expect(expired).toContain("# Meta's code 190/463 (account)\n\nThe access token has expired.");
    const unlisted = (await cli(["explain", "190/999999"])).stdout;
    expect(unlisted).toMatch(/^# Meta's code 190 \(account\)\n\nThe access token is malformed/);
    expect(await cli(["explain", "190"])).toMatchObject({ code: 0 });
    expect(await cli(["explain", "987654321"])).toMatchObject({ code: 2, stdout: "" });
  });
});
