/**
 * How long it takes until the command line has answered, as a multiple of what Node itself needs to
 * start: rounds in turns, so that whatever else the machine does falls upon all alike.
 *
 * Usage: npm run bench:startup -- [rounds]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const NODE = "node -e 0";
const IMPORT = ["--input-type=module", "--eval"];

const STARTS: Readonly<Record<string, readonly string[]>> = {
  [NODE]: ["-e", "0"],
  "retl-meta --help": ["dist/cli/main.js", "--help"],
  "retl-meta check events.yaml": ["dist/cli/main.js", "check", "mappings/events.yaml"],
  "import retl-meta/mapping": [...IMPORT, 'await import("retl-meta/mapping")'],
  "import retl-meta": [...IMPORT, 'await import("retl-meta")'],
};

const rounds = Number(process.argv[2] ?? "15");
const taken = new Map(Object.keys(STARTS).map((name) => [name, new Array<number>()]));
// The first round fills the caches of the file system and does not count.
for (let round = 0; round <= rounds; round += 1)
  for (const [name, args] of Object.entries(STARTS)) {
    const took = time(args);
    if (round > 0) taken.get(name)?.push(took);
  }

const base = median(taken.get(NODE) ?? []);
console.log(`${String(rounds)} rounds, node ${process.version}; median (least to most), in ms`);
for (const [name, times] of taken) {
  const [least, most] = [Math.min(...times), Math.max(...times)].map(figure);
  const ratio = (median(times) / base).toFixed(1);
  console.log(`  ${name.padEnd(30)} ${figure(median(times))} (${least} to ${most})  × ${ratio}`);
}

function time(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${String(status)}`);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function figure(ms: number): string {
  return String(Math.round(ms)).padStart(5);
}
