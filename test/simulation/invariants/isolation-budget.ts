import type { Invariant } from "./invariant.js";

export const isolationBudget: Invariant = {
  number: "11a",
  says: "the search for the bad records of a refused batch stays within its budget",
  check: ({ schedule }) => {
    const parts = new Map<string, number>();
    return (moment) => {
      if (moment.kind !== "left" || moment.exchange.sort !== "isolated") return undefined;
      const parent = moment.exchange.sent?.row?.parent ?? "";
      const spent = (parts.get(parent) ?? 0) + 1;
      parts.set(parent, spent);
      return spent > schedule.retry.isolationBudget
        ? `${parent} took ${String(spent)} parts, ${String(schedule.retry.isolationBudget)} are allowed`
        : undefined;
    };
  },
};
