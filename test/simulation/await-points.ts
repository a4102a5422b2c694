/**
 * Every place at which the delivery loop waits for the world. The table is typed by the ports, so
 * that a method which joins a port does not compile until it is listed here, and crashed at.
 */
import type { GraphClient } from "../../src/graph/client.js";
import type { Store } from "../../src/store/store.js";

type PartName = Exclude<keyof Store, "salt" | "close">;
type StorePoint = { [P in PartName]: `${P}.${Extract<keyof Store[P], string>}` }[PartName];

/** The name of a place at which somebody waits. */
export type AwaitPoint = StorePoint | `meta.${keyof GraphClient}` | "sleep" | "source";

/** Before: what was asked for never happened. After: it did, and the process never learned of it. */
export type CrashSide = "before" | "after";

/** Who waits there: a run, or only a person who looks or decides between two runs. */
const WAITS: Readonly<Record<AwaitPoint, "run" | "operator">> = {
  source: "run",
  sleep: "run",
  "meta.send": "run",
  "meta.listAudiences": "run",
  "meta.readAudience": "run",
  "meta.createAudience": "run",
  "targets.find": "run",
  "targets.creating": "run",
  "targets.remember": "run",
  "targets.list": "run",
  "targets.forget": "operator",
  "targets.distrust": "operator",
  "runs.start": "run",
  "runs.past": "run",
  "runs.end": "run",
  "runs.list": "operator",
  "ledger.plan": "run",
  "ledger.carry": "run",
  "ledger.sending": "run",
  "ledger.settle": "run",
  "ledger.lane": "run",
  "ledger.list": "run",
  "ledger.attempts": "run",
  "ledger.retry": "operator",
  "ledger.skip": "operator",
  "events.standings": "run",
  "events.counts": "operator",
  "members.audiences": "run",
  "members.release": "operator",
  // No run of the simulation mirrors people yet.
  "members.stage": "operator",
  "rejects.standing": "run",
  "rejects.noteLocal": "run",
  "rejects.dropStaleLocal": "run",
  "rejects.list": "operator",
  "rejects.counts": "operator",
  "rejects.retry": "operator",
};

/** Every place at which a run waits. */
export const AWAIT_POINTS: readonly AwaitPoint[] = Object.keys(WAITS)
  .filter(isAwaitPoint)
  .filter((point) => WAITS[point] === "run");

function isAwaitPoint(name: string): name is AwaitPoint {
  return Object.hasOwn(WAITS, name);
}
