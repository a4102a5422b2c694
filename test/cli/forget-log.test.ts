/** `forget --log-format json`: what is erased is a log of stable lines, in which nobody stands. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEmulator, type RunningEmulator } from "../../src/emulator/http.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli, type CliRun } from "../e2e/cli.js";

const NOW = Date.UTC(2026, 3, 30, 12);

const FILES = {
  "people.yaml": `sync: people
source: { file: people.csv }
state:
  key: { id: id }
  target: audience
  identifiers: { email: email }
destination:
  mapping: custom_audiences
  credential_namespace: destinations.meta
  config: { ad_account_id: "1" }
`,
  "people.csv": "id,audience,email\n1,VIP,planted@example.test\n2,VIP,bob@example.test\n",
  "binding.yaml":
    'config: { ad_account_id: "1" }\ncredential_namespace: destinations.meta\nbinding_name: meta\n',
  "erased.csv": "email\nplanted@example.test\n",
};

let folder: string;
let emulator: RunningEmulator;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-cli-forget-log-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
  emulator = await startEmulator({ port: 0, clock: () => NOW, matching: "cell" });
  expect((await run("sync", "people.yaml")).code).toBe(0);
});

afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true });
});

function run(...argv: readonly string[]): Promise<CliRun> {
  return cli([...argv, "--emulator", emulator.url], { cwd: folder, now: NOW });
}

function forget(...more: readonly string[]): Promise<CliRun> {
  const of = ["--binding", "binding.yaml", "--mapping", "custom_audiences"];
  return run("forget", ...of, "--identifiers", "erased.csv", "--log-format", "json", ...more);
}

function linesOf({ stderr }: Pick<CliRun, "stderr">): readonly unknown[] {
  return stderr
    .split("\n")
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

const TIME = "2026-04-30T12:00:00.000Z";
const PATH = "/{custom_audience_id}/users";

/** A line of the run that erases somebody in a sync's audiences, or in those of records. */
function line(run_id: number, level: string, event: string, fields: object) {
  return {
    time: TIME,
    level,
    event,
    sync: run_id === 2 ? "people" : "forget:meta",
    run_id,
    ...fields,
  };
}

const surface = "custom_audiences";

/** A call, of which Meta's ids differ each time. */
const call = (method: string, path: string) => ({
  duration_ms: 0,
  "http.request.method": method,
  "url.template": `/${API_VERSION}${path}`,
  "http.response.status_code": 200,
  fbtrace_id: expect.any(String),
  fb_request_id: expect.any(String),
});

/** One row was removed, and Meta took it. */
function removed(run_id: number) {
  const counts = {
    items: 1,
    items_accepted: 1,
    items_rejected: 0,
    message: "Meta received 1 row.",
  };
  const request = { operation: "remove", batch_id: `${String(run_id)}-1`, outcome: "acknowledged" };
  const fields = { target: "VIP", ...request, ...counts, ...call("DELETE", PATH) };
  return line(run_id, "info", "request.answered", fields);
}

function ended(run_id: number, records: object) {
  const requests = expect.objectContaining({ planned: 1, acknowledged: 1, attempts: 1 });
  const ends = { status: "succeeded", duration_ms: 0 };
  const counts = { records: expect.objectContaining(records), requests };
  return line(run_id, "info", "run.ended", { surface, ...counts, ...ends });
}

it("is a line for each thing that happens in the run of each sync and of records", async () => {
  const done = await forget();
  expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("removal succeeded\n")]);
  expect(linesOf(done)).toEqual([
    line(2, "info", "run.began", { surface }),
    line(2, "info", "source.ended", { records_read: 0 }),
    line(2, "debug", "audience.looked_up", call("GET", "/{object_id}")),
    line(2, "info", "audience.compared", { target: "VIP", items: 1 }),
    removed(2),
    ended(2, { read: 0 }),
    line(3, "info", "run.began", { surface }),
    line(3, "info", "source.ended", { records_read: 1 }),
    removed(3),
    ended(3, { read: 1, acknowledged: 1 }),
  ]);
  expect(done.stderr + done.stdout).not.toMatch(/planted|@|%40|[0-9a-f]{32}/);
});

it("is one line with code and remedy where nothing could be done", async () => {
  const { code, stderr, stdout } = await forget("--gone", "123");
  expect([code, stdout]).toEqual([2, ""]);
  expect(linesOf({ stderr })).toEqual([
    {
      time: TIME,
      level: "error",
      event: "error",
      code: "forget.unknown_audience",
      message:
        "--gone names the audience 123, to which nobody was sent from this store; nobody was removed or suppressed",
      remedy:
        "The report of `forget` names the ids of audiences that were not found. Correct the id, or leave it out.",
      docs: "docs/errors.md#forgetunknown_audience",
    },
  ]);
});
