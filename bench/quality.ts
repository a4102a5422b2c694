/**
 * What counting match quality adds to `plan`: the same records planned with and without it, in turns.
 *
 * Usage: npm run bench:quality -- [records]
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../src/cli/program.js";
import type { Io } from "../src/cli/io.js";
import { peakMegabytes, Stopwatch } from "./stopwatch.js";

const ROUNDS = 3;
const LINES = 1_000;

const records = Number(process.argv[2] ?? "200000");
const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-bench-quality-"));
const stopwatch = new Stopwatch();
try {
  await writeFile(path.join(folder, "custom_audiences.yaml"), "config: {ad_account_id: act_1}\n");
  await writeFile(
    path.join(folder, "events.yaml"),
    "config: {ad_account_id: act_1, pixel_id: '456', action_source: website}\n",
  );
  for (const mapping of ["custom_audiences", "events"] as const) {
    await plan(mapping, 10_000, []);
    await plan(mapping, 10_000, ["--match-quality"]);
    for (let round = 0; round < ROUNDS; round += 1) {
      await stopwatch.time(mapping, () => plan(mapping, records, []));
      await stopwatch.time(`${mapping}, counted`, () =>
        plan(mapping, records, ["--match-quality"]),
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(
  [`${String(ROUNDS)} × ${records.toLocaleString("en")} records`, ...stopwatch.lines()].join("\n"),
);
for (const mapping of ["custom_audiences", "events"]) {
  const [plain, counted] = [stopwatch.took(mapping), stopwatch.took(`${mapping}, counted`)];
  console.log(`  ${mapping}: ${(counted.cpu / plain.cpu).toFixed(2)} times the processors`);
}
console.log(`  ${String(peakMegabytes())} MB at most`);

async function plan(mapping: string, count: number, further: readonly string[]): Promise<void> {
  const args = ["--mapping", mapping, "--binding", `${mapping}.yaml`, "--records", "-", "--json"];
  await runCli(["plan", ...args, ...further], io(lines(mapping, count)));
}

async function* lines(mapping: string, count: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < count; from += LINES) {
    const some = Array.from({ length: Math.min(LINES, count - from) }, (_, at) =>
      JSON.stringify(record(mapping, from + at)),
    );
    yield await Promise.resolve(new TextEncoder().encode(`${some.join("\n")}\n`));
  }
}

/** A person with an address and a number of their own. */
function record(mapping: string, number: number): object {
  const phone = `+1650${String(number).padStart(7, "0")}`;
  const identifiers = [
    { type: "email", value: `Person.${String(number)}@northwind.io` },
    { type: "phone_e164", value: phone },
  ];
  const record_identity = `r-${String(number)}`;
  return mapping === "events"
    ? {
        record_identity,
        event_name: "Lead",
        occurred_at: "2026-04-30T12:00:00Z",
        identifiers,
        payload: { value: number, currency: "EUR" },
      }
    : { record_identity, operation: "upsert", target: "VIP", identifiers };
}

function io(stdin: AsyncIterable<Uint8Array>): Io {
  const nowhere = () => Promise.resolve();
  return {
    env: {},
    cwd: folder,
    stdin,
    clock: () => Date.UTC(2026, 3, 30, 12),
    random: () => 0.5,
    sleep: nowhere,
    interrupted: () => new Promise(() => undefined),
    columns: {},
    stdout: nowhere,
    stderr: nowhere,
    readFile: (file) => readFile(file, "utf8"),
    readBytes: () => stdin,
    fileSize: () => Promise.resolve(undefined),
    fileNames: () => Promise.resolve([]),
    createFile: () => Promise.resolve(),
  };
}
