/**
 * How fast rows become the bytes of request bodies, as ratios within one run.
 *
 * Usage: npm run bench -- [--json] [--quick]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { measureGrowth } from "./growth.js";
import { measureRatios } from "./ratios.js";
import type { Spread } from "./spread.js";

const quick = process.argv.includes("--quick");
const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-bench-"));
try {
  const extent = quick ? { rows: 20_000, rounds: 7 } : { rows: 50_000, rounds: 11 };
  const ratios = await measureRatios(folder, extent);
  const figures = { ratios, ...(await measureGrowth(folder, quick, quick ? 2 : 3)) };
  console.log(process.argv.includes("--json") ? JSON.stringify(figures) : textOf(figures));
} finally {
  await rm(folder, { recursive: true });
}

function textOf(figures: object): string {
  return Object.entries(figures)
    .flatMap(([section, spreads]: [string, Record<string, Spread>]) => [
      section,
      ...Object.entries(spreads).map(([name, spread]) => `  ${name.padEnd(22)} ${figure(spread)}`),
    ])
    .join("\n");
}

function figure({ median, min, max }: Spread): string {
  const [middle, least, most] = [median, min, max].map((value) => value.toFixed(2).padStart(7));
  return `${String(middle)}  (${String(least)} to ${String(most)})`;
}
