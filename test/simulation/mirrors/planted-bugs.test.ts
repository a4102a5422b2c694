import { describe, expect, it } from "vitest";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { BrokenInvariant } from "../stage.js";
import { Tally } from "../tally.js";
import { MIRROR_BUGS } from "./bugs/all.js";
import type { MirrorBug } from "./bugs/mirror-bug.js";
import { playHistory } from "./history.js";

const MATCHINGS: readonly MatchingKind[] = ["cell", "person"];

describe.skipIf(process.env["RETL_META_SEED"] !== undefined)(
  "the simulation of mirrors finds",
  () => {
    it.each(MIRROR_BUGS.map((bug) => [bug.name, bug] as const))(
      "%s",
      async (name, bug) => {
        const found = await firstThatFinds(bug);
        process.stderr.write(`\nbug "${name}": found by history ${found ?? "none"}\n`);
        expect(found).toBeDefined();
      },
      300_000,
    );
  },
);

/** One that finds it is enough; the others would prove nothing more. */
async function firstThatFinds(bug: MirrorBug): Promise<string | undefined> {
  for (let seed = 1; seed <= bug.seeds; seed += 1)
    for (const matching of MATCHINGS)
      if (await finds(bug, matching, seed)) return `${String(seed)}, ${matching}`;
  return undefined;
}

async function finds(bug: MirrorBug, matching: MatchingKind, seed: number): Promise<boolean> {
  try {
    await playHistory(seed, new Tally(() => undefined), { matching, bug });
    return false;
  } catch (error) {
    if (error instanceof BrokenInvariant) return true;
    throw error;
  }
}
