/** The SQL of the store in a file, held to the store in memory over whole histories. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../store/world.js";
import { play } from "../play.js";
import { playHistory } from "./history.js";

/** Each takes seconds; they are other ones than those in memory only. */
const SEEDS = Array.from({ length: 15 }, (_, place) => 10_001 + place);

it.skipIf(process.env["RETL_META_SEED"] !== undefined).each(["cell", "person"] as const)(
  `answers in ${String(SEEDS.length)} histories in %s matching what it answers in memory`,
  async (matching) => {
    const folder = await temporaryFolder();
    try {
      const { figures, failures } = await play(
        {
          covered: { kinds: ["mirror"], calls: ["send"] },
          simulate: (seed, tally) => {
            const file = path.join(folder, `${String(seed)}.duckdb`);
            return playHistory(seed, tally, { matching, file });
          },
          place: "test/simulation/mirrors/duckdb.test.ts",
        },
        SEEDS,
      );
      process.stderr.write(`\non DuckDB, ${matching} matching: ${JSON.stringify(figures)}\n`);
      expect(failures.join("\n\n")).toBe("");
      expect(figures.schedules).toBe(SEEDS.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  600_000,
);
