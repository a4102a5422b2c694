import type { BatchRow } from "../../../../src/store/memory/tables.js";
import type { SentBatch } from "../../moments.js";
import { changesOf } from "./changes-of.js";
import { heldRows, type Held } from "./held.js";
import type { MirrorFacts, MirrorInvariant } from "./mirror-facts.js";

export const touchedIsUnconfirmed: MirrorInvariant = {
  number: "7",
  says: "whatever a removal may undo is not confirmed until it is added after it",
  check: (facts) => {
    /** By audience and row: when a removal left that touches it. */
    const touchedAt = new Map<string, number>();
    return (moment) => {
      if (moment.kind === "left" && moment.exchange.sent?.row?.operation === "remove")
        return touch(moment.exchange.sent, moment.exchange.sent.row, touchedAt, facts);
      if (moment.kind !== "settled" && moment.kind !== "run_ended") return undefined;
      for (const [audience, held] of heldRows(facts.tables))
        for (const { row } of held) {
          const since = touchedAt.get(`${audience} ${row.rowId}`) ?? -Infinity;
          if (row.confirmedAt !== undefined && row.confirmedAt <= since)
            return `${row.identity} is confirmed since before a removal that touched them`;
        }
      return undefined;
    };
  },
};

function touch(
  { request }: SentBatch,
  batch: BatchRow,
  touchedAt: Map<string, number>,
  facts: MirrorFacts,
): string | undefined {
  if (request.kind !== "users") return undefined;
  const keys = new Set(request.items.flatMap((item) => item.keys));
  const members = new Set(changesOf(batch, facts.tables).map(({ member }) => member));
  const isTouched = ({ row, identifiers }: Held) =>
    members.has(row.member) || identifiers.some((identifier) => keys.has(identifier));
  for (const held of (heldRows(facts.tables).get(request.id) ?? []).filter(isTouched)) {
    touchedAt.set(`${request.id} ${held.row.rowId}`, facts.now());
    if (held.row.confirmedAt !== undefined)
      return `a removal left that touches ${held.row.identity}, who is confirmed`;
  }
  return undefined;
}
