import { keyOf } from "../../../../src/store/memory/tables.js";
import { changesOf } from "./changes-of.js";
import { heldRows } from "./held.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const openIsHeld: MirrorInvariant = {
  number: "4",
  says: "whatever is in a request that may have been applied is held, and not confirmed",
  check:
    ({ tables }) =>
    (moment) => {
      const isOpen =
        moment.kind === "sending" ||
        (moment.kind === "settled" && moment.settlement.state === "unknown");
      if (!isOpen) return undefined;
      const rows = new Map(
        [...heldRows(tables).values()]
          .flat()
          .map(({ row }) => [keyOf(row.audienceId, row.rowId), row]),
      );
      for (const { audienceId, rowId, identity } of changesOf(moment.row, tables)) {
        const row = rows.get(keyOf(audienceId, rowId));
        if (row === undefined) return `${identity} may be at Meta, and is not held`;
        if (row.confirmedAt !== undefined) return `${identity} is confirmed, and nobody knows`;
      }
      return undefined;
    },
};
