/** `sync --report`: written however a run ends, whole or not at all, and refused before the run. */
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";

const GUIDE = fileURLToPath(new URL("../../docs/report.md", import.meta.url));
const SYNC = fileURLToPath(new URL("../../examples/vip_customers.sync.yaml", import.meta.url));
const EVENT = {
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: "r-1",
  identifiers: [{ type: "email", value: "planted.person@example.test" }],
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-report-"));
  await writeFile(
    path.join(folder, "events.yaml"),
    "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\ncredential_namespace: destinations.meta\n",
  );
});

afterEach(() => rm(folder, { recursive: true }));

function sync(more: readonly string[], interrupted?: Promise<void>) {
  const of = ["--mapping", "events", "--binding", "events.yaml", "--records", "-", "--emulator"];
  const stdin = JSON.stringify(EVENT);
  return cli(["sync", ...of, ...more], {
    cwd: folder,
    stdin,
    ...(interrupted === undefined ? {} : { interrupted }),
  });
}

const report = (name = "report.html") => readFile(path.join(folder, name), "utf8");

describe("sync --report", () => {
  it("writes a file for its owner, and says where it is behind everything else", async () => {
    const run = await sync(["--report", "report.html"]);
    expect(run).toMatchObject({ code: 0, stderr: "The report is in `report.html`.\n" });
    const text = await report();
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).toContain("Meta acknowledged 1 of 1 request");
    expect((await stat(path.join(folder, "report.html"))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).toSorted()).toEqual(["events.yaml", "report.html"]);
  });

  it("shows nobody, and lets a browser fetch and run nothing", async () => {
    await sync(["--report", "report.html"]);
    const text = await report();
    expect(text).not.toMatch(/planted|https?:|<script|[0-9a-f]{64}/);
    expect(text).toContain(`content="default-src 'none'; style-src 'sha256-`);
  });

  it("writes it when the run is interrupted", async () => {
    const run = await sync(["--report", "report.html"], Promise.resolve());
    expect(run.code).toBe(130);
    expect(await report()).toContain("Interrupted");
  });

  it("replaces the report of an earlier run", async () => {
    await writeFile(path.join(folder, "report.html"), "yesterday");
    await sync(["--report", "report.html"]);
    expect(await report()).not.toContain("yesterday");
  });

  it.each([
    [
      "missing/report.html",
      "its folder is missing or cannot be written to (cli.usage)\n  Make the folder first, or name a file in one that is there.",
    ],
    [".", "which is no file"],
  ])("refuses %s before anything is sent", async (name, why) => {
    const run = await sync(["--report", name]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(why);
  });

  it("is made by the command of its guide, without a word", async () => {
    const [, command = ""] = /\$ npx retl-meta (.+)/.exec(await readFile(GUIDE, "utf8")) ?? [];
    const argv = command.split(" ").map((word) => (word.startsWith("examples/") ? SYNC : word));
    expect(await cli(argv, { cwd: folder })).toMatchObject({ code: 0, stderr: "" });
    const text = await report();
    for (const heading of ["What changed", "Match quality", "Rejected records"])
      expect(text).toContain(`<h2>${heading}</h2>`);
  });
});
