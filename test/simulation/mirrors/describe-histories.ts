/** Histories of mirrors as tests: a range of seeds in one matching, so that several files share the work. */
import { describe, expect, it } from "vitest";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { play, type Played, type Simulation } from "../play.js";
import { playHistory } from "./history.js";

/** More histories than usual take longer than usual. */
const TIME_LIMIT_MS = process.env["RETL_META_HISTORIES"] === undefined ? 600_000 : 3_600_000;

/** Halves are of one or two rows here, and of one row no other can be named; schedules must meet it. */
const BY_LUCK = "refused, other record named × halved";

/** One seed, to be replayed alone. */
const ONLY = process.env["RETL_META_SEED"];

/** So many instead, from which seed on. */
const COUNT = process.env["RETL_META_HISTORIES"];
const FIRST = Number(process.env["RETL_META_FIRST_HISTORY"] ?? "1");

/** Describes the histories of a range of seeds. */
export function describeHistories(matching: MatchingKind, count: number): void {
  const simulation = histories(matching);
  if (ONLY !== undefined)
    it(`replays history ${ONLY} in ${matching} matching`, async () => {
      const { failures, figures } = await play(simulation, [Number(ONLY)]);
      print(`history ${ONLY}, ${matching} matching`, JSON.stringify(figures));
      expect(failures.join("\n\n")).toBe("");
    });
  else
    describe(`histories in ${matching} matching`, () => {
      ofRange(simulation, COUNT === undefined ? count : Number(COUNT));
    });
}

function histories(matching: MatchingKind): Simulation {
  return {
    // Audiences are found and created as they are for records.
    covered: { kinds: ["mirror", "forget"], calls: ["send"] },
    simulate: (seed, tally) => playHistory(seed, tally, { matching }),
    place: `test/simulation/mirrors/${matching}.test.ts`,
  };
}

function ofRange(simulation: Simulation, count: number): void {
  let played: Played | undefined;
  it(
    "hold every invariant",
    async () => {
      const seeds = Array.from({ length: count }, (_, place) => FIRST + place);
      played = await play(simulation, seeds);
      print(`${String(count)} histories: ${simulation.place}`, textOf(played));
      expect(played.failures.join("\n\n")).toBe("");
      expect(played.figures.schedules).toBe(count);
    },
    TIME_LIMIT_MS,
  );

  it("crash at every await point, before and after it", () => {
    expect(played?.coverage.crashes.empty).toEqual([]);
  });

  it("meet every fault at every sort of call", () => {
    const empty = played?.coverage.faults.empty.filter((cell) => cell !== BY_LUCK);
    expect(empty).toEqual([]);
  });
}

function textOf({ figures, coverage, failures }: Played): string {
  return [JSON.stringify(figures), coverage.crashes, coverage.faults, ...failures].join("\n\n");
}

function print(title: string, text: string): void {
  process.stderr.write(`\n${title}\n${text}\n`);
}
