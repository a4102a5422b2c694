/**
 * Every place at which a run waits for the world. The table is typed by the ports, so that a method
 * which joins a port does not compile until it is listed here, and crashed at.
 */
import type { GraphClient } from "../../src/graph/client.js";
import type { Difference, Staging } from "../../src/store/members.js";
import type { Store } from "../../src/store/store.js";

type PartName = Exclude<keyof Store, "salt" | "close">;
type StorePoint = { [P in PartName]: `${P}.${Extract<keyof Store[P], string>}` }[PartName];
type ComparisonPoint =
  `staging.${keyof Staging}` | `difference.${Exclude<keyof Difference, "audiences">}`;

/** The name of a place at which somebody waits. */
export type AwaitPoint =
  StorePoint | ComparisonPoint | `meta.${keyof GraphClient}` | "sleep" | "source";

/** Before: what was asked for never happened. After: it did, and the process never learned of it. */
export type CrashSide = "before" | "after";

/** What a run is over: events, people whose records say what to do, who should be there, or whom to erase. */
export type RunKind = "events" | "records" | "mirror" | "forget";

const ALL: readonly RunKind[] = ["events", "records", "mirror"];
const PEOPLE: readonly RunKind[] = ["records", "mirror"];

/** Where only a person waits who looks or decides between two runs. */
const OPERATOR: readonly RunKind[] = [];

/** Which runs wait there. */
const WAITS: Readonly<Record<AwaitPoint, readonly RunKind[]>> = {
  source: ALL,
  sleep: ALL,
  "meta.send": ALL,
  "meta.listAudiences": PEOPLE,
  "meta.readAudience": PEOPLE,
  "meta.createAudience": PEOPLE,
  "targets.find": PEOPLE,
  "targets.creating": PEOPLE,
  "targets.remember": PEOPLE,
  "targets.list": PEOPLE,
  "targets.forget": OPERATOR,
  // A full refresh.
  "targets.distrust": ["mirror"],
  "runs.start": ALL,
  "runs.past": ALL,
  "runs.end": ALL,
  "runs.list": ["forget"],
  "ledger.plan": ALL,
  "ledger.carry": ["records"],
  "ledger.sending": ALL,
  "ledger.settle": ALL,
  "ledger.lane": ["records"],
  "ledger.list": PEOPLE,
  "ledger.attempts": PEOPLE,
  "ledger.retry": OPERATOR,
  "ledger.skip": OPERATOR,
  "events.standings": ["events"],
  "events.lateStandings": ["events"],
  "events.counts": OPERATOR,
  "members.audiences": PEOPLE,
  "members.release": OPERATOR,
  "members.keeperOf": ["records"],
  "members.stage": ["mirror"],
  "staging.add": ["mirror"],
  "staging.targets": ["mirror"],
  "staging.repeated": ["mirror"],
  "staging.compare": ["mirror"],
  // Only what a preview of erasing people does.
  "staging.suppress": OPERATOR,
  "staging.close": ["mirror"],
  "difference.begin": ["mirror"],
  "difference.changes": ["mirror"],
  "rejects.standing": PEOPLE,
  "rejects.noteLocal": ALL,
  "rejects.dropStaleLocal": ["events", "mirror"],
  "rejects.list": OPERATOR,
  "rejects.counts": OPERATOR,
  "rejects.retry": OPERATOR,
  "suppressions.any": ALL,
  "suppressions.among": ["mirror", "forget"],
  "suppressions.add": ["forget"],
  "suppressions.lift": OPERATOR,
  "suppressions.dropHeld": OPERATOR,
};

/** Every place at which a run of one of these kinds waits. */
export function awaitPointsOf(...kinds: readonly RunKind[]): readonly AwaitPoint[] {
  return Object.keys(WAITS)
    .filter(isAwaitPoint)
    .filter((point) => WAITS[point].some((kind) => kinds.includes(kind)));
}

function isAwaitPoint(name: string): name is AwaitPoint {
  return Object.hasOwn(WAITS, name);
}
