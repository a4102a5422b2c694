/** Mistakes in what is forgotten of events. */
import type { MemoryTables } from "../../../src/store/memory/tables.js";
import { withRuns, type PlantedBug } from "./planted-bug.js";

const DAY = 24 * 3_600_000;

export const forgetsTooEarly: PlantedBug = {
  name: "delivered events are forgotten a day later, while they can still be sent",
  surface: "events",
  seeds: 40,
  plant:
    ({ tables, time }) =>
    (session) => {
      const { runs } = session.store;
      return withRuns(session, {
        past: (sync) => {
          forget(tables, time.clock() - DAY);
          return runs.past(sync);
        },
      });
    },
};

export const looksBehindTheHorizon: PlantedBug = {
  name: "delivered events are forgotten, and what happened before them is planned all the same",
  surface: "events",
  seeds: 40,
  plant:
    ({ tables, time }) =>
    (session) => {
      const { runs } = session.store;
      return withRuns(session, {
        past: async (sync) => {
          const newest = forget(tables, time.clock() - DAY);
          for (const row of tables.syncs.values())
            row.horizon = Math.max(newest, row.horizon ?? newest);
          const past = await runs.past(sync);
          return past && { ...past, horizon: undefined };
        },
      });
    },
};

/** Forgets what was delivered before an instant; gives when the newest of it happened. */
function forget({ events }: MemoryTables, before: number): number {
  let newest = -Infinity;
  for (const [itemId, { confirmedAt, eventTime }] of events) {
    if (confirmedAt === undefined || confirmedAt >= before) continue;
    events.delete(itemId);
    newest = Math.max(newest, eventTime);
  }
  return newest;
}
