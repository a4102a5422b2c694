/** Scale: a million records through the built command line, the emulator in a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = path.join(ROOT, "dist/cli/main.js");
const RECORDS = 1_000_000;
const NOW = "2026-04-30T12:00:00Z";
const MIB = 1024 * 1024;

let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-million-"));
  await writeFile(
    path.join(folder, "binding.yaml"),
    'config: {ad_account_id: "1", pixel_id: "2", action_source: website}\n',
  );
  await writeRecords(path.join(folder, "events.ndjson"));
});

afterAll(async () => {
  for (const child of children) child.kill();
  await rm(folder, { recursive: true });
});

async function writeRecords(file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (let index = 0; index < RECORDS; index += 1) {
    const record = {
      event_identity: `e-${String(index)}`,
      event_name: "Purchase",
      occurred_at: "2026-04-29T08:00:00Z",
      key: { event_id: `order-${String(index)}` },
      identifiers: [{ type: "email", value: `person-${String(index)}@example.test` }],
      payload: { value: index % 500, currency: "EUR" },
    };
    if (!stream.write(`${JSON.stringify(record)}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}

function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [...argv], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function emulatorUrl(): Promise<string> {
  const { stdout } = start([CLI, "emulator", "--now", NOW, "--quiet"]);
  if (stdout === null) throw new Error("the emulator has no output");
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error("the emulator printed no URL");
}

// Some 300 MB are the database that keeps the ledger and knows every event; it has a limit of its own.
it("delivers 1,000,000 event records in 1,000 requests within 600 MB of resident memory", async () => {
  expect(existsSync(CLI), "run `npm run build` first").toBe(true);
  const peakFile = path.join(folder, "peak");
  const preload = new URL("report-peak-memory.js", import.meta.url).href;
  const child = start(
    [
      ...["--import", preload, CLI, "sync", "--records", "events.ndjson", "--mapping", "events"],
      ...["--binding", "binding.yaml", "--emulator", await emulatorUrl(), "--now", NOW, "--json"],
    ],
    { PEAK_MEMORY_FILE: peakFile },
  );
  let stdout = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  await once(child, "close");
  expect(child.exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "succeeded",
    records: { read: RECORDS, acknowledged: RECORDS, rejected: 0 },
    requests: { planned: 1_000, acknowledged: 1_000, failed: 0, unknown: 0 },
  });
  const peak = Number(await readFile(peakFile, "utf8"));
  process.stderr.write(
    `peak resident memory for 1,000,000 records: ${(peak / MIB).toFixed(0)} MiB\n`,
  );
  expect(peak).toBeLessThanOrEqual(600_000_000);
}, 600_000);
