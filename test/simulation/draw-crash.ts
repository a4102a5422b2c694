import { awaitPointsOf, type AwaitPoint, type CrashSide, type RunKind } from "./await-points.js";
import type { CrashPlan } from "./life.js";
import type { Chance } from "./time/chance.js";

/** Places that a schedule comes to once or twice at most. */
const SELDOM: ReadonlySet<AwaitPoint> = new Set([
  "targets.creating",
  "targets.remember",
  "targets.distrust",
  "meta.createAudience",
  "meta.readAudience",
  "ledger.attempts",
  "rejects.dropStaleLocal",
  "runs.end",
]);

/** Half of the crashes are at any wait, and the others at a kind of wait that may be seldom. */
export function drawCrash(chance: Chance, kind: RunKind, valueBased: boolean): CrashPlan {
  const side = chance.pick<CrashSide>(["before", "after"]);
  if (chance.happens(0.5)) return { point: undefined, nth: chance.between(1, 200), side };
  const points = awaitPointsOf(kind).filter((point) => valueBased || point !== "meta.readAudience");
  const nth = chance.weighted([
    [1, 3],
    [chance.between(2, 4), 2],
    [chance.between(5, 15), 1],
  ]);
  const point = chance.weighted(points.map((one) => [one, SELDOM.has(one) ? 3 : 1] as const));
  return { point, nth: SELDOM.has(point) ? 1 : nth, side };
}
