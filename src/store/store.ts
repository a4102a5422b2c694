import type { EventStates } from "./event-states.js";
import type { Ledger } from "./ledger.js";
import type { Members } from "./members.js";
import type { Rejects } from "./rejects.js";
import type { RunLog } from "./run-log.js";
import type { Suppressions } from "./suppressions.js";
import type { TargetRegistry } from "./target-registry.js";

/**
 * What outlives a run: the port behind which every kind of store stands. Each call is one
 * transaction: it took effect whole before its promise resolves, or not at all. Instants are
 * milliseconds since the Unix epoch. An opening of a store works for one run at a time; where a store
 * may be opened several times at once, different syncs run side by side.
 */
export interface Store {
  /** Random text of this store's own: digests of people made with it mean nothing elsewhere. */
  readonly salt: string;
  readonly targets: TargetRegistry;
  readonly runs: RunLog;
  readonly ledger: Ledger;
  readonly events: EventStates;
  readonly members: Members;
  readonly rejects: Rejects;
  readonly suppressions: Suppressions;
  /** Gives the store free for others. May be called more than once. */
  close(): Promise<void>;
}

/** Whose truth a store holds: Meta's own, or that of one emulator; the two are never mixed. */
export type StoreOrigin = "graph" | `emulator:${string}`;
