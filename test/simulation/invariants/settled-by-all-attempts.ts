import type { Invariant } from "./invariant.js";

/** What says that surely nothing is at Meta. */
const NOTHING_THERE: ReadonlySet<string> = new Set(["failed", "rejected", "split"]);

export const settledByAllAttempts: Invariant = {
  number: "4a",
  says: "a batch that may have been applied by any attempt is not settled as if it were not",
  check:
    ({ knowledge }) =>
    (moment) => {
      if (moment.kind !== "settled") return undefined;
      const { row, settlement } = moment;
      if (!NOTHING_THERE.has(settlement.state) || allMalformed(row.records, settlement.rejects))
        return undefined;
      const open = (knowledge.sends.get(row.batchId) ?? []).find(({ disproved }) => !disproved);
      return open === undefined
        ? undefined
        : `${row.batchId} was settled as ${settlement.state}, and attempt ${String(open.sent.attempt)} may have been applied`;
    },
};

/** Meta did take the request then, and nothing of it. */
function allMalformed(records: number, rejects: readonly { readonly code: string }[]): boolean {
  return rejects.length === records && rejects.every(({ code }) => code === "malformed");
}
