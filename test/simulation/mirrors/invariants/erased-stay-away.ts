import { heldRows } from "./held.js";
import type { MirrorFacts, MirrorInvariant } from "./mirror-facts.js";

const NOBODY: ReadonlySet<string> = new Set();

export const erasedStayAway: MirrorInvariant = {
  number: "F",
  says: "whoever was erased is sent to no audience, and is in none once a success is told, or all is done where others are removed",
  check: (facts) => (moment) => {
    const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
    if (request?.kind === "users" && request.operation !== "remove") {
      const keys = request.items.flatMap((row) => row.keys);
      const erased = keys.find((key) => facts.erased.has(key));
      if (erased !== undefined)
        return `${erased.slice(0, 14)} was erased, and leaves for ${request.id}`;
    }
    if (moment.kind === "finished" && facts.schedule.mode !== "add")
      return found(facts.erased, refusedToGo(facts), facts);
    return moment.kind === "erased" && moment.status === "succeeded"
      ? found(new Set(moment.identifiers), NOBODY, facts)
      : undefined;
  },
};

/** Of rows whose removal Meta refused for themselves: somebody was told, and has to look after them. */
function refusedToGo({ tables }: MirrorFacts): ReadonlySet<string> {
  const refused = new Set(
    [...tables.rejects.values()].flatMap(({ operation, itemId }) =>
      operation === "remove" ? [itemId] : [],
    ),
  );
  const rows = [...heldRows(tables).values()].flat();
  return new Set(
    rows.filter(({ row }) => refused.has(row.itemId)).flatMap(({ identifiers }) => identifiers),
  );
}

function found(
  erased: ReadonlySet<string>,
  refused: ReadonlySet<string>,
  { meta, tables }: MirrorFacts,
): string | undefined {
  const isLeft = (identifier: string) => erased.has(identifier) && !refused.has(identifier);
  for (const { name, membership } of meta.audiences.values()) {
    const one = [...membership.held.keys()].find(isLeft);
    if (one !== undefined) return `${one.slice(0, 14)} was erased, and is in ${name}`;
  }
  for (const { row, open } of [...heldRows(tables).values()].flat()) {
    const one = open.find(isLeft);
    if (one !== undefined) return `${one.slice(0, 14)} was erased, and is held of ${row.identity}`;
  }
  return undefined;
}
