import type { Surface } from "../../../src/core/outcome.js";
import type { GraphClient } from "../../../src/graph/client.js";
import type { EventStates } from "../../../src/store/event-states.js";
import type { Ledger } from "../../../src/store/ledger.js";
import type { Rejects } from "../../../src/store/rejects.js";
import type { RunLog } from "../../../src/store/run-log.js";
import type { Session } from "../../../src/sync/session.js";
import type { World } from "../world.js";

/** Puts a mistake into the session of one process. */
export type Planting = (session: Session) => Session;

/** A mistake that the product could make, made from the outside: the product has no switch for it. */
export interface PlantedBug<W = World> {
  readonly name: string;
  /** Where it can do harm; on both surfaces when missing. */
  readonly surface?: Surface;
  /** How many schedules may look for it, until one finds it: the more, the rarer its circumstances. */
  readonly seeds: number;
  /** For one schedule, whose processes share what the mistake remembers. */
  readonly plant: (world: W) => Planting;
}

/** A session with another client. */
export function withClient(session: Session, client: Partial<GraphClient>): Session {
  return { ...session, client: { ...session.client, ...client } };
}

/** A session whose store keeps another ledger. */
export function withLedger(session: Session, ledger: Partial<Ledger>): Session {
  const { store } = session;
  return { ...session, store: { ...store, ledger: { ...store.ledger, ...ledger } } };
}

/** A session whose store tells something else of events. */
export function withStandings(session: Session, standings: EventStates["standings"]): Session {
  const { store } = session;
  return { ...session, store: { ...store, events: { ...store.events, standings } } };
}

/** A session whose store logs runs in another way. */
export function withRuns(session: Session, runs: Partial<RunLog>): Session {
  const { store } = session;
  return { ...session, store: { ...store, runs: { ...store.runs, ...runs } } };
}

/** A session whose store keeps rejects in another way. */
export function withRejects(session: Session, rejects: Partial<Rejects>): Session {
  const { store } = session;
  return { ...session, store: { ...store, rejects: { ...store.rejects, ...rejects } } };
}
