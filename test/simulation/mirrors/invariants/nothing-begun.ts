import type { MirrorInvariant } from "./mirror-facts.js";

export const nothingBegun: MirrorInvariant = {
  number: "18a",
  says: "after a run no change is left of what it has begun",
  check:
    ({ tables }) =>
    (moment) =>
      moment.kind === "run_ended" && tables.changes.size > 0
        ? `${String(tables.changes.size)} changes are left`
        : undefined,
};
