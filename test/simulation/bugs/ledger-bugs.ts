/** Mistakes in writing down. */
import type { Evidence } from "../../../src/core/outcome.js";
import { withLedger, type PlantedBug } from "./planted-bug.js";

const EVIDENCE: Evidence = {
  outcome: "succeeded",
  surface: "events",
  target: "",
  batchFingerprint: "",
  recordCount: 0,
  itemCount: 0,
  confirmed: 0,
  rejected: 0,
  summary: "",
};

export const settlesBeforeTheAnswer: PlantedBug = {
  name: "a batch is settled before its answer",
  seeds: 40,
  plant: () => (session) =>
    withLedger(session, {
      sending: async (sending) => {
        const { ledger } = session.store;
        const { batchId, attempt, at } = sending;
        await ledger.sending(sending);
        const settled = { state: "succeeded", evidence: EVIDENCE, rejects: [] } as const;
        await ledger.settle({ batchId, attempt, at, ...settled });
      },
    }),
};

export const sendsUnwritten: PlantedBug = {
  name: "a request leaves before it is written down",
  seeds: 40,
  plant: () => (session) => withLedger(session, { sending: () => Promise.resolve() }),
};

export const storesNoItems: PlantedBug = {
  name: "the items of a batch are not stored before it is sent",
  surface: "events",
  seeds: 40,
  plant: () => (session) =>
    withLedger(session, {
      plan: (batch) => session.store.ledger.plan({ ...batch, items: [] }),
    }),
};

export const forgetsEarlierAttempts: PlantedBug = {
  name: "only the last attempt of a batch counts",
  seeds: 40,
  plant: () => (session) =>
    withLedger(session, {
      settle: (settlement) => {
        const { evidence, state } = settlement;
        const sure = evidence.outcome === "blocked" || evidence.outcome === "retryable";
        const last = state === "unknown" && sure ? "failed" : state;
        return session.store.ledger.settle({ ...settlement, state: last });
      },
    }),
};

export const losesRejects: PlantedBug = {
  name: "rejects are not written down",
  seeds: 40,
  plant: () => (session) =>
    withLedger(session, {
      settle: (settlement) => session.store.ledger.settle({ ...settlement, rejects: [] }),
    }),
};

export const skipsUnconfirmed: PlantedBug = {
  name: "a run goes on behind a request that nobody confirmed",
  surface: "custom_audiences",
  seeds: 40,
  plant: () => (session) =>
    withLedger(session, {
      lane: async (...of) => {
        const { positions, givenUp } = await session.store.ledger.lane(...of);
        const resolved = positions.map((one) => ({ ...one, standing: "resolved" as const }));
        return { positions: resolved, givenUp };
      },
    }),
};

export const neverRests: PlantedBug = {
  name: "an audience does not rest after an answer that a crash or a run's end lost",
  surface: "custom_audiences",
  seeds: 150,
  plant: () => (session) => withLedger(session, { list: () => Promise.resolve([]) }),
};
