import { keyOf, type ChangeRow } from "../../../../src/store/memory/tables.js";
import { TAKEN } from "../../knowledge.js";
import { changesOf } from "./changes-of.js";
import { isRefused } from "./held.js";
import type { MirrorInvariant } from "./mirror-facts.js";

type Refusable = Pick<ChangeRow, "operation" | "itemId" | "contentDigest">;

export const refusedStayOut: MirrorInvariant = {
  number: "10",
  says: "only rows that Meta refuses are rejects, and none is sent again until it changes",
  check: (facts) => {
    /** Refused in earlier processes: in its own one, a row may have to stand alone first. */
    const before = new Set<string>();
    const fresh = new Set<string>();
    return (moment) => {
      if (moment.kind === "born") for (const key of fresh) before.add(key);
      if (moment.kind === "decided" && moment.decision.pardoned.length > 0) {
        before.clear();
        fresh.clear();
      }
      const leaving = moment.kind === "left" ? moment.exchange.sent?.row : undefined;
      if (leaving !== undefined) {
        const again = changesOf(leaving, facts.tables).find((one) => before.has(refusableOf(one)));
        return again && `${again.identity} was refused, and left again`;
      }
      if (moment.kind !== "settled") return undefined;
      const { row, settlement } = moment;
      const refused = new Set(settlement.rejects.map(({ itemId }) => itemId));
      for (const change of changesOf(row, facts.tables)) {
        if (refused.has(change.itemId)) {
          fresh.add(refusableOf(change));
          if (!isRefused(change.cells, facts.flaws))
            return `${change.identity} became a reject, and nothing is wrong with it`;
        } else if (TAKEN.has(settlement.state)) mayLeaveAgain(change, before, fresh);
      }
      return undefined;
    };
  },
};

function refusableOf({ operation, itemId, contentDigest }: Refusable): string {
  return keyOf(operation, itemId, contentDigest);
}

/** Whoever is there again may leave again. */
function mayLeaveAgain(change: ChangeRow, ...refused: readonly Set<string>[]): void {
  if (change.operation === "remove") return;
  const removal = { ...change, operation: "remove", contentDigest: change.rowId } as const;
  for (const keys of refused) keys.delete(refusableOf(removal));
}
