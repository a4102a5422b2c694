import type { NewReject } from "../../../src/store/rejects.js";
import type { SourceState } from "../moments.js";
import type { Invariant } from "./invariant.js";

export const rejectsStayOut: Invariant = {
  number: "10",
  says: "only records that Meta refuses are rejects, and none is sent again until it changes",
  check: ({ source }) => {
    /** By record, with whether the mapping was corrected. */
    const rejected = new Set<string>();
    return (moment) => {
      if (moment.kind === "born" && moment.resend) rejected.clear();
      if (moment.kind === "decided")
        for (const identity of moment.decision.pardoned)
          for (const corrected of [true, false])
            rejected.delete(`${identity} ${String(corrected)}`);
      // Given up is what was sent, which may have been before the mapping was corrected.
      if (moment.kind === "decided" && !source().corrected)
        for (const { identity } of moment.decision.givenUp) rejected.add(keyOf(identity, source()));
      if (moment.kind === "left" && moment.exchange.sent?.row !== undefined) {
        const { row } = moment.exchange.sent;
        const again = row.items.find(({ identity }) => rejected.has(keyOf(identity, source())));
        if (again !== undefined) return `${again.identity} was refused, and left again`;
      }
      if (moment.kind !== "settled") return undefined;
      for (const reject of moment.settlement.rejects) {
        if (!isFlawed(reject, source()))
          return `${reject.identity} became a reject, and nothing is wrong with it`;
        rejected.add(keyOf(reject.identity, source()));
      }
      return undefined;
    };
  },
};

function keyOf(identity: string, { corrected }: SourceState): string {
  return `${identity} ${String(corrected)}`;
}

function isFlawed({ identity }: NewReject, { records, corrected }: SourceState): boolean {
  return !corrected && records.some((one) => one.identity === identity && one.flaw !== undefined);
}
