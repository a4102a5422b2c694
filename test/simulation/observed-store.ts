import { beginBy } from "../../src/store/begin-by.js";
import type { Store } from "../../src/store/store.js";
import type { BatchRow, MemoryTables } from "../../src/store/memory/tables.js";
import type { Emit } from "./moments.js";
import type { Stage } from "./stage.js";

/** A store that tells of each durable step once it has taken effect. */
export function observedStore(
  store: Store,
  stage: Pick<Stage, "tables" | "emit" | "suppressed">,
): Store {
  const { tables, emit } = stage;
  const { ledger, members, runs, suppressions } = store;
  const rowOf = (batchId: string): BatchRow => {
    const row = tables.batches.get(batchId);
    if (row === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
    return row;
  };
  return {
    ...store,
    members: beginBy(members, (begin) => async (runId, targets, ...more) => {
      const begun = begin(runId, targets, ...more);
      await begun;
      emit({ kind: "begun", targets });
      return begun;
    }),
    suppressions: {
      ...suppressions,
      add: (...of) => {
        const done = suppressions.add(...of);
        stage.suppressed();
        return done;
      },
    },
    runs: {
      ...runs,
      start: async (run) => {
        const started = runs.start(run);
        emit({ kind: "run_started", runId: tables.runs.length });
        return started;
      },
    },
    ledger: {
      ...ledger,
      plan: (batch) => {
        const done = ledger.plan(batch);
        emit({ kind: "planned", row: rowOf(batch.batchId) });
        return done;
      },
      carry: (batches) => {
        const done = ledger.carry(batches);
        for (const { batchId } of batches) emit({ kind: "carried", row: rowOf(batchId) });
        return done;
      },
      sending: (sending) => {
        const done = ledger.sending(sending);
        emit({ kind: "sending", row: rowOf(sending.batchId), attempt: sending.attempt });
        return done;
      },
      settle: (settlement) => {
        const done = ledger.settle(settlement);
        emit({ kind: "settled", row: rowOf(settlement.batchId), settlement });
        return done;
      },
    },
  };
}

/** A store that tells when a request starts: what is written down first starts before that. */
export function announcingStore(
  store: Store,
  tables: MemoryTables,
  account: string,
  emit: Emit,
): Store {
  const { ledger, targets } = store;
  return {
    ...store,
    targets: {
      ...targets,
      creating: (...of) => {
        emit({ kind: "starts", paceKey: account });
        return targets.creating(...of);
      },
    },
    ledger: {
      ...ledger,
      sending: (sending) => {
        const row = tables.batches.get(sending.batchId);
        emit({ kind: "starts", paceKey: row?.surface === "events" ? row.target : account });
        return ledger.sending(sending);
      },
    },
  };
}
