/** How memory and time grow with a file, from its rows to the bytes of request bodies. */
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeCustomers } from "./files.js";
import { spreadOf, type Spread } from "./spread.js";

const PROGRAM = fileURLToPath(new URL("file-to-bytes.js", import.meta.url));

/** What growing files took. */
export interface Growth {
  /** Megabytes at most, by the size of the file. */
  readonly rss_mb: Readonly<Record<string, Spread>>;
  /** Times the time of the file a tenth as large, the worst of all steps. */
  readonly scaling: Readonly<Record<string, Spread>>;
}

const MILLION = 1_000_000;

/** A million rows, and unless it has to be quick also ten of them, each in a process of its own. */
export async function measureGrowth(
  folder: string,
  quick: boolean,
  rounds: number,
): Promise<Growth> {
  const counts = quick ? [MILLION] : [10_000, 100_000, MILLION, 10 * MILLION];
  const taken: Taken[][] = [];
  const files = counts.map((count) => path.join(folder, `${String(count)}.csv`));
  for (const [at, file] of files.entries()) await writeCustomers(file, counts[at] ?? 0);
  for (let round = 0; round < rounds; round += 1) {
    const steps: Taken[] = [];
    for (const file of files) steps.push(await run(file));
    taken.push(steps);
  }
  for (const file of files) await rm(file);
  const peak = (count: number) =>
    spreadOf(taken.map((steps) => steps[counts.indexOf(count)]?.megabytes ?? NaN));
  if (quick) return { rss_mb: { "1m": peak(MILLION) }, scaling: {} };
  return {
    rss_mb: { "1m": peak(MILLION), "10m": peak(10 * MILLION) },
    scaling: { "10k_to_10m": spreadOf(taken.map(worstStep)) },
  };
}

interface Taken {
  readonly megabytes: number;
  readonly ms: number;
}

async function run(file: string): Promise<Taken> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, file]);
  const [megabytes = NaN, ms = NaN] = stdout.split(" ").map(Number);
  return { megabytes, ms };
}

function worstStep(steps: readonly Taken[]): number {
  return Math.max(...steps.slice(1).map(({ ms }, at) => ms / (steps[at]?.ms ?? NaN)));
}
