/** Mistakes in what is known of events. */
import type { EventStanding } from "../../../src/store/event-states.js";
import type { BatchRow } from "../../../src/store/memory/tables.js";
import {
  withLedger,
  withRejects,
  withRuns,
  withStandings,
  type PlantedBug,
} from "./planted-bug.js";

export const forgetsUnanswered: PlantedBug = {
  name: "unanswered events are forgotten at the next start",
  surface: "events",
  seeds: 40,
  plant: () => (session) =>
    withStandings(session, async (...of) => {
      const standings = await session.store.events.standings(...of);
      return standings.map((one) => (one.kind === "unanswered" ? { kind: "new" } : one));
    }),
};

export const countsFromTheLastSending: PlantedBug = {
  name: "the time in which Meta drops repeats is counted from the last sending",
  surface: "events",
  seeds: 150,
  plant: () => {
    const itemsOf = new Map<string, readonly string[]>();
    const lastSent = new Map<string, number>();
    const postponed = (standing: EventStanding, itemId: string | undefined): EventStanding => {
      if (standing.kind !== "unanswered") return standing;
      const last = lastSent.get(itemId ?? "") ?? standing.firstSentAt;
      const safe = standing.repeatSafeUntil - standing.firstSentAt;
      return { ...standing, firstSentAt: last, repeatSafeUntil: last + safe };
    };
    return (session) => {
      const { ledger, events } = session.store;
      const remembering = withLedger(session, {
        plan: (batch) => {
          itemsOf.set(
            batch.batchId,
            batch.items.map(({ itemId }) => itemId),
          );
          return ledger.plan(batch);
        },
        sending: (sending) => {
          for (const item of itemsOf.get(sending.batchId) ?? []) lastSent.set(item, sending.at);
          return ledger.sending(sending);
        },
      });
      return withStandings(remembering, async (runId, sync, candidates) => {
        const standings = await events.standings(runId, sync, candidates);
        return standings.map((one, place) => postponed(one, candidates[place]?.itemId));
      });
    };
  },
};

export const foldsInTwoSteps: PlantedBug = {
  name: "a fold takes two transactions: the items go in the first, the events come in the second",
  surface: "events",
  seeds: 150,
  plant:
    ({ tables }) =>
    (session) => {
      let taken: readonly { readonly batch: BatchRow; readonly items: BatchRow["items"] }[] = [];
      const { rejects, runs } = session.store;
      const first = withRejects(session, {
        dropStaleLocal: (...of) => {
          const settled = [...tables.batches.values()].filter(({ state }) => state !== "sending");
          taken = settled.map((batch) => ({ batch, items: batch.items }));
          for (const { batch } of taken) batch.items = [];
          return rejects.dropStaleLocal(...of);
        },
      });
      return withRuns(first, {
        end: (...of) => {
          for (const { batch, items } of taken) batch.items = items;
          return runs.end(...of);
        },
      });
    },
};
