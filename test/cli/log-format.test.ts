/** `--log-format json`: standard error is a log, and standard output what it was. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/program.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli, cliWorld } from "../e2e/cli.js";

const PLANTED = "planted.person@example.test";
const EVENT = {
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: "r-1",
  identifiers: [{ type: "email", value: PLANTED }],
};
const LOG = ["--log-format", "json"];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-log-"));
  const config = "config: {ad_account_id: '1', pixel_id: '456', action_source: website}";
  await writeFile(
    path.join(folder, "events.yaml"),
    `${config}\ncredential_namespace: destinations.meta\n`,
  );
});

afterEach(() => rm(folder, { recursive: true }));

const OF = ["--mapping", "events", "--binding", "events.yaml", "--records", "-", "--emulator"];

function run(command: string, records: readonly unknown[], ...more: readonly string[]) {
  const stdin = records.map((record) => JSON.stringify(record)).join("\n");
  return cli([command, ...OF, ...more], { cwd: folder, stdin });
}

function linesOf(stderr: string): readonly Record<string, unknown>[] {
  expect(stderr.endsWith("\n") || stderr === "").toBe(true);
  return stderr
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const parsed: Record<string, unknown> = JSON.parse(line);
      return parsed;
    });
}

describe("sync --log-format json", () => {
  it("writes a line for each thing that happens, and leaves the result as it is", async () => {
    const text = await run("sync", [EVENT]);
    const { stdout, stderr, code } = await run("sync", [EVENT], ...LOG);
    expect([code, stdout]).toEqual([0, text.stdout]);
    const of = { time: "2026-04-30T12:00:00.000Z", sync: "records:events", run_id: 1 };
    const counts = { read: 1, acknowledged: 1, rejected: 0 };
    expect(linesOf(stderr)).toEqual([
      { ...of, level: "info", event: "run.began", surface: "events" },
      { ...of, level: "info", event: "source.ended", records_read: 1 },
      {
        ...of,
        level: "info",
        event: "request.answered",
        target: "456",
        operation: "import",
        items: 1,
        batch_id: "1-1",
        outcome: "acknowledged",
        items_accepted: 1,
        items_rejected: 0,
        duration_ms: 0,
        "http.request.method": "POST",
        "url.template": `/${API_VERSION}/{pixel_id}/events`,
        "http.response.status_code": 200,
        fbtrace_id: expect.any(String),
        fb_request_id: expect.any(String),
        message: "Meta received 1 event.",
      },
      {
        ...of,
        level: "info",
        event: "run.ended",
        surface: "events",
        status: "succeeded",
        records: expect.objectContaining(counts),
        requests: expect.objectContaining({ planned: 1, acknowledged: 1, attempts: 1 }),
        duration_ms: 0,
      },
    ]);
    expect(stderr).not.toMatch(/planted|[0-9a-f]{32}/);
  });

  it("tells with --quiet only what is to be looked at", async () => {
    expect((await run("sync", [EVENT], ...LOG, "--quiet")).stderr).toBe("");
  });

  it("tells of rejected records where --json would", async () => {
    const rejected = { ...EVENT, identifiers: [] };
    const { stderr, stdout } = await run("sync", [rejected], ...LOG, "--json", "--quiet");
    expect(JSON.parse(stdout)).toMatchObject({ records: { rejected: 1 } });
    expect(linesOf(stderr)).toEqual([
      {
        time: "2026-04-30T12:00:00.000Z",
        level: "warn",
        event: "record.rejected",
        identity: "r-1",
        code: "missing",
        field: expect.any(String),
        message: expect.any(String),
      },
      expect.objectContaining({ level: "error", event: "run.ended", status: "failed" }),
    ]);
  });

  it("says that it was interrupted", async () => {
    const pressed = { cwd: folder, stdin: "", interrupted: Promise.resolve() };
    const { code, stderr } = await cli(["sync", ...OF, ...LOG], pressed);
    expect(code).toBe(130);
    expect(linesOf(stderr)).toContainEqual(
      expect.objectContaining({
        level: "info",
        event: "note",
        message: expect.stringContaining("Interrupted"),
      }),
    );
  });
});

describe("what goes wrong before a run, as a log", () => {
  it("is a line with code and remedy, whoever finds it", async () => {
    const time = "2026-04-30T12:00:00.000Z";
    const docs = "docs/errors.md#cliusage";
    const usage = { time, level: "error", event: "error", code: "cli.usage", docs };
    expect(linesOf((await cli(["sync", ...LOG])).stderr)).toEqual([
      {
        ...usage,
        message: expect.any(String),
        remedy: "See the command's --help.",
      },
    ]);
    const unknown = await cli(["sync", "--fast", "--log-format=json"]);
    expect(unknown.code).toBe(2);
    expect(linesOf(unknown.stderr)).toEqual([
      { ...usage, message: "unknown option '--fast'", remedy: "See the command's --help." },
    ]);
    const missing = await run("plan", [EVENT], ...LOG, "--binding", "none.yaml");
    expect(linesOf(missing.stderr)).toEqual([
      {
        time,
        level: "error",
        event: "diagnostic",
        code: expect.stringMatching(/^[a-z]+\.[a-z_]+$/),
        message: expect.any(String),
        remedy: expect.any(String),
        place: expect.anything(),
        docs: "docs/errors.md#climissing_file",
      },
    ]);
    const other = await cli(["sync", "--log-format", "xml"]);
    expect(other).toMatchObject({ code: 2, stdout: "" });
    expect(other.stderr).toContain("Allowed choices are text, json");
  });

  it("has nobody's address in it, though a file quotes one", async () => {
    await writeFile(path.join(folder, "events.yaml"), `config: {pixel_id: ${PLANTED}}\n`);
    const { stderr } = await run("sync", [EVENT], ...LOG);
    expect(linesOf(stderr).length).toBeGreaterThan(0);
    expect(stderr).not.toContain("planted");
  });
});

describe("plain lines of progress", () => {
  /** A run in which each look at the clock is a second later. */
  async function slowly(...more: readonly string[]): Promise<string> {
    const records = Array.from({ length: 3_000 }, (_, index) => ({
      ...EVENT,
      record_identity: `r-${String(index)}`,
    }));
    const stdin = records.map((record) => JSON.stringify(record)).join("\n");
    const { io, printed } = cliWorld({ cwd: folder, stdin });
    let now = Date.UTC(2026, 3, 30, 12);
    const clock = () => (now += 1_000);
    await runCli(["sync", ...OF, ...more], { ...io, clock });
    return printed().stderr;
  }

  it("come about every 30 seconds where nobody watches a terminal, and end with the run", async () => {
    const lines = (await slowly()).split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^[\d,]+ records read \([\d,]+\/s\)/);
    expect(await slowly("--quiet")).toBe("");
  });

  it("are lines of JSON where everything is", async () => {
    const [first] = linesOf(await slowly("--json"));
    expect(first).toEqual({ severity: "note", message: expect.stringContaining("records read") });
    const progress = linesOf(await slowly(...LOG)).filter(({ event }) => event === "run.progress");
    expect(progress.length).toBeGreaterThan(0);
  });
});
