/** Mistakes in what follows from answers. */
import type { Settlement } from "../../../../src/store/ledger.js";
import { withLedger } from "../../bugs/planted-bug.js";
import type { MirrorWorld } from "../world.js";
import type { MirrorBug } from "./mirror-bug.js";

/** Meta's subcode: too few would be left. */
const TOO_FEW = 1_870_047;

export const holdsNoUnknown: MirrorBug = {
  name: "added rows are not held while nobody knows whether Meta has them",
  seeds: 40,
  plant: (world) => settlingUnknown(world, "upsert", "failed"),
};

export const confirmsTheUnknown: MirrorBug = {
  name: "additions whose answer was lost are confirmed",
  seeds: 40,
  plant: (world) => settlingUnknown(world, "upsert", "succeeded"),
};

export const dropsTheUnknown: MirrorBug = {
  name: "removals whose answer was lost count as done",
  seeds: 40,
  plant: (world) => settlingUnknown(world, "remove", "succeeded"),
};

/** Settles what is unknown of one operation as something else. */
function settlingUnknown(
  { tables }: MirrorWorld,
  operation: "upsert" | "remove",
  state: Settlement["state"],
): ReturnType<MirrorBug["plant"]> {
  return (session) =>
    withLedger(session, {
      settle: (settlement) => {
        const isMeant =
          settlement.state === "unknown" &&
          tables.batches.get(settlement.batchId)?.operation === operation;
        return session.store.ledger.settle(isMeant ? { ...settlement, state } : settlement);
      },
    });
}

export const believesTooFew: MirrorBug = {
  name: "a removal that Meta refused, since too few would be left, counts as done",
  seeds: 200,
  plant: () => (session) =>
    withLedger(session, {
      settle: (settlement) =>
        session.store.ledger.settle(
          settlement.evidence.subcode === TOO_FEW
            ? { ...settlement, state: "succeeded", rejects: [] }
            : settlement,
        ),
    }),
};

export const confirmsTooEarly: MirrorBug = {
  name: "a request of a replace before the last one confirms people",
  seeds: 200,
  plant: () => (session) =>
    withLedger(session, {
      plan: (batch) =>
        session.store.ledger.plan(
          batch.operation === "preliminary" && batch.path.endsWith("/usersreplace")
            ? { ...batch, operation: "upsert" }
            : batch,
        ),
    }),
};
