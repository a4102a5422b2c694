/** Who may run which sync, and who no longer may. */
import { beginBy } from "../begin-by.js";
import { LEASE_LOST, StoreFailure } from "../store-fault.js";
import type { Store } from "../store.js";
import type { MemoryTables, UnderWay } from "./tables.js";

/** Gives back what an opening holds. */
export function release({ leases }: MemoryTables, underWay: UnderWay): void {
  for (const [sync, { heldBy }] of leases) if (heldBy === underWay) leases.delete(sync);
}

/**
 * The runs that go on. Of all others the leases are gone from here on, so that none of them changes
 * anything any more.
 */
export function liveRuns({ leases }: MemoryTables): ReadonlySet<number> {
  for (const [sync, { heldBy }] of leases) if (heldBy === undefined) leases.delete(sync);
  return new Set(Array.from(leases.values(), ({ runId }) => runId));
}

/** A store whose run changes something only while it has its lease. */
export function fenced(store: Store, { leases }: MemoryTables, underWay: UnderWay): Store {
  const within = <T>(write: () => Promise<T>): Promise<T> => {
    const { run } = underWay;
    return run === undefined || leases.get(run.sync)?.heldBy === underWay
      ? write()
      : Promise.reject(new StoreFailure("the lease was lost", LEASE_LOST));
  };
  const { targets, runs, ledger, members, rejects } = store;
  return {
    ...store,
    targets: {
      ...targets,
      creating: (...of) => within(() => targets.creating(...of)),
      remember: (...of) => within(() => targets.remember(...of)),
    },
    runs: { ...runs, end: (...of) => within(() => runs.end(...of)) },
    ledger: {
      ...ledger,
      plan: (...of) => within(() => ledger.plan(...of)),
      carry: (...of) => within(() => ledger.carry(...of)),
      sending: (...of) => within(() => ledger.sending(...of)),
      settle: (...of) => within(() => ledger.settle(...of)),
    },
    members: beginBy(
      members,
      (begin) =>
        (...of) =>
          within(() => begin(...of)),
    ),
    rejects: {
      ...rejects,
      noteLocal: (...of) => within(() => rejects.noteLocal(...of)),
      dropStaleLocal: (...of) => within(() => rejects.dropStaleLocal(...of)),
    },
  };
}
