import { keyOf } from "../../../../src/store/memory/tables.js";
import { changesOf } from "./changes-of.js";
import { heldRows } from "./held.js";
import type { MirrorInvariant } from "./mirror-facts.js";
import { tooFewIn } from "./removals-first.js";

export const tooFewStaysOpen: MirrorInvariant = {
  number: "16c",
  says: "whoever Meta did not let go because too few would be left is held, and the run tells of it",
  check: ({ tables }) => {
    /** Rows that were refused in this process, and not removed since: by audience and row. */
    const refused = new Map<string, string>();
    return (moment) => {
      if (moment.kind === "born") refused.clear();
      if (moment.kind === "done" && moment.exchange.sent?.row?.operation === "remove")
        for (const change of changesOf(moment.exchange.sent.row, tables)) {
          const key = keyOf(change.audienceId, change.rowId);
          if (tooFewIn(moment) !== undefined) refused.set(key, change.identity);
          else if (moment.verdict?.kind === "received") refused.delete(key);
        }
      if (moment.kind !== "run_ended" || refused.size === 0) return undefined;
      const held = new Set(
        [...heldRows(tables).values()].flat().map(({ row }) => keyOf(row.audienceId, row.rowId)),
      );
      const lost = [...refused].find(([key]) => !held.has(key));
      if (lost !== undefined) return `${lost[1]} was not let go, and is not held any more`;
      const { status, mirror } = moment.result;
      return status === "succeeded" || (mirror?.openRemovals ?? 0) < refused.size
        ? `${String(refused.size)} rows were not let go, and the run tells of ${String(mirror?.openRemovals ?? 0)}`
        : undefined;
    };
  },
};
