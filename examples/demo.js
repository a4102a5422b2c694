// The main job, end to end, on the sample data: check, plan, deliver to a local emulator, and
// compare what it then holds with the SQL oracle's figures. Nothing leaves this machine.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const expected = JSON.parse(readFileSync(new URL("oracle/expected.json", import.meta.url), "utf8"));
const now = expected.now;

// The sample is messy on purpose: about one row in twenty is rejected.
const TOLERANCE = ["--max-rejects", "6%"];
const SYNCS = ["examples/vip_customers.sync.yaml", "examples/purchases.sync.yaml"];

// An emulator forgets everything when it stops, so what is known of it is kept no longer either.
const folder = mkdtempSync(path.join(tmpdir(), "retl-meta-demo-"));
const store = ["--store", path.join(folder, "state.duckdb")];
const emulator = await startEmulator();
try {
  const to = ["--emulator", emulator.url, "--now", now, ...store];
  run(["check", ...SYNCS]);
  for (const sync of SYNCS) run(["plan", sync, ...to, ...TOLERANCE]);
  for (const sync of SYNCS) run(["sync", sync, ...to, ...TOLERANCE]);
  compare(await (await fetch(`${emulator.url}/_emulator/state?summary=1`)).json());
  console.log("\nThe same once more: the store knows what Meta has acknowledged.");
  for (const sync of SYNCS) run(["sync", sync, ...to, ...TOLERANCE]);
  run(["status", ...store]);
} finally {
  emulator.stop();
  rmSync(folder, { recursive: true });
}

function run(args) {
  console.log(`\n$ retl-meta ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [CLI, ...args], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) {
    console.error(`\nretl-meta ${args[0]} ended with exit code ${status}`);
    emulator.stop();
    rmSync(folder, { recursive: true });
    process.exit(1);
  }
}

async function startEmulator() {
  const child = spawn(process.execPath, [CLI, "emulator", "--now", now, "--quiet"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const url of createInterface({ input: child.stdout }))
    return { url, stop: () => child.kill() };
  throw new Error("the emulator did not start");
}

function compare(state) {
  console.log("\nWhat the emulator holds, and what SQL says it must hold:\n");
  const rows = [
    ...Object.entries(expected.audiences.by_audience).map(
      ([name, { rows: count, distinct_cells }]) => {
        const audience = state.audiences.find((one) => one.name === name);
        const cells = Object.values(distinct_cells).reduce((sum, one) => sum + one, 0);
        return [
          [`${name}, rows received`, audience?.uploads.rows, count],
          [`${name}, identifiers held`, audience?.identifiers, cells],
        ];
      },
    ),
    ...Object.entries(expected.events.by_pixel).map(([id, pixel]) => [
      [
        `pixel ${id}, events held`,
        state.pixels.find((one) => one.id === id)?.stored,
        pixelTotal(pixel),
      ],
    ]),
  ].flat();
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, held, wanted] of rows)
    console.log(
      `  ${what.padEnd(width)}  ${String(held).padStart(6)}  ${held === wanted ? "as SQL says" : `SQL says ${wanted}`}`,
    );
  if (rows.some(([, held, wanted]) => held !== wanted)) {
    console.error("\nThe emulator does not hold what it must.");
    process.exitCode = 1;
  }
}

function pixelTotal(pixel) {
  return Object.values(pixel).reduce((sum, { held }) => sum + held, 0);
}
