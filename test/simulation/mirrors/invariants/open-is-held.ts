import { keyOf } from "../../../../src/store/memory/tables.js";
import { changesOf } from "./changes-of.js";
import { heldRows } from "./held.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const openIsHeld: MirrorInvariant = {
  number: "4",
  says: "whatever is in a request that may have been applied, or in one that it completes, is held, and not confirmed",
  check: ({ tables }) => {
    /** By run: what Meta named as malformed in a replace, and so never has by its last request. */
    const leftOut = new Map<number, Set<string>>();
    return (moment) => {
      if (moment.kind === "settled" && moment.row.operation === "preliminary") {
        const { row, settlement } = moment;
        const ofRun = leftOut.get(row.runId) ?? new Set();
        leftOut.set(row.runId, ofRun);
        for (const { itemId } of settlement.rejects) ofRun.add(itemId);
      }
      const isOpen =
        moment.kind === "sending" ||
        (moment.kind === "settled" && moment.settlement.state === "unknown");
      if (!isOpen) return undefined;
      const rows = new Map(
        [...heldRows(tables).values()]
          .flat()
          .map(({ row }) => [keyOf(row.audienceId, row.rowId), row]),
      );
      const { row: batch } = moment;
      const named = batch.operation === "replace" ? leftOut.get(batch.runId) : undefined;
      for (const { audienceId, rowId, itemId, identity } of changesOf(batch, tables)) {
        if (named?.has(itemId) === true) continue;
        const row = rows.get(keyOf(audienceId, rowId));
        if (row === undefined) return `${identity} may be at Meta, and is not held`;
        if (row.confirmedAt !== undefined) return `${identity} is confirmed, and nobody knows`;
      }
      return undefined;
    };
  },
};
