import type { Surface } from "../../src/core/outcome.js";
import { AWAIT_POINTS, type AwaitPoint, type CrashSide } from "./await-points.js";
import type { CrashPlan } from "./life.js";
import type { Schedule } from "./schedule.js";
import type { Chance } from "./time/chance.js";

/** Places at which only one surface waits, and one at which only value-based audiences do. */
const ONLY: Partial<Record<AwaitPoint, Surface>> = {
  "events.standings": "events",
  "rejects.dropStaleLocal": "events",
  "rejects.standing": "custom_audiences",
  "ledger.lane": "custom_audiences",
  "ledger.carry": "custom_audiences",
  "ledger.list": "custom_audiences",
  "ledger.attempts": "custom_audiences",
  "targets.find": "custom_audiences",
  "targets.list": "custom_audiences",
  "targets.creating": "custom_audiences",
  "targets.remember": "custom_audiences",
  "meta.listAudiences": "custom_audiences",
  "meta.createAudience": "custom_audiences",
  "meta.readAudience": "custom_audiences",
};

/** Places that a schedule comes to once or twice at most. */
const SELDOM: ReadonlySet<AwaitPoint> = new Set([
  "targets.creating",
  "targets.remember",
  "meta.createAudience",
  "meta.readAudience",
  "ledger.attempts",
  "rejects.dropStaleLocal",
  "runs.end",
]);

/** Half of the crashes are at any wait, and the others at a kind of wait that may be seldom. */
export function drawCrash(chance: Chance, { surface, valueBased }: Schedule): CrashPlan {
  const side = chance.pick<CrashSide>(["before", "after"]);
  if (chance.happens(0.5)) return { point: undefined, nth: chance.between(1, 200), side };
  const points = AWAIT_POINTS.filter((point) => (ONLY[point] ?? surface) === surface).filter(
    (point) => valueBased || point !== "meta.readAudience",
  );
  const nth = chance.weighted([
    [1, 3],
    [chance.between(2, 4), 2],
    [chance.between(5, 15), 1],
  ]);
  const point = chance.weighted(points.map((one) => [one, SELDOM.has(one) ? 3 : 1] as const));
  return { point, nth: SELDOM.has(point) ? 1 : nth, side };
}
