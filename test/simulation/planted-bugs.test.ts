import { describe, expect, it } from "vitest";
import { PLANTED_BUGS } from "./bugs/all.js";
import type { PlantedBug } from "./bugs/planted-bug.js";
import { drawSchedule } from "./schedule.js";
import { simulate } from "./simulate.js";
import { Tally } from "./tally.js";
import { Chance } from "./time/chance.js";
import { BrokenInvariant } from "./stage.js";

describe.skipIf(process.env["RETL_META_SEED"] !== undefined)("the simulation finds", () => {
  it.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))(
    "%s",
    async (name, bug) => {
      const seeds = seedsFor(bug);
      const found = await firstThatFinds(bug, seeds);
      process.stderr.write(`\nbug "${name}": found by seed ${String(found ?? "none")}\n`);
      expect(seeds).toContain(found);
    },
    300_000,
  );
});

/** One that finds it is enough; the others would prove nothing more. */
async function firstThatFinds(
  bug: PlantedBug,
  seeds: readonly number[],
): Promise<number | undefined> {
  for (const seed of seeds)
    try {
      await simulate(seed, new Tally(() => undefined), bug);
    } catch (error) {
      if (error instanceof BrokenInvariant) return seed;
      throw error;
    }
  return undefined;
}

/** The first seeds whose schedules are about the surface on which the bug can do harm. */
function seedsFor({ surface, seeds }: PlantedBug): readonly number[] {
  const fitting: number[] = [];
  for (let seed = 1; fitting.length < seeds; seed += 1) {
    const drawn = drawSchedule(new Chance(seed));
    if (surface === undefined || drawn.surface === surface) fitting.push(seed);
  }
  return fitting;
}
