import type { WireRequest } from "../../meta/wire.js";
import type { SentBatch } from "../../moments.js";
import { changesOf } from "./changes-of.js";
import type { Check } from "../../invariants/invariant.js";
import { heldRows, identifiersIn } from "./held.js";
import { targetOf, wantedRows, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const protectedCells: MirrorInvariant = {
  number: "6",
  says: "no removal has an identifier that somebody wanted has, but of the erased, or an attribute",
  check: (facts): Check => {
    /** As they were held when the run began: from one audience after another they are gone meanwhile. */
    let erased: ReadonlySet<string> = new Set();
    return (moment) => {
      if (moment.kind === "run_started") erased = erasedMembers(facts);
      const sent = moment.kind === "left" ? moment.exchange.sent : undefined;
      return sent?.request.kind === "users" && sent.request.operation === "remove"
        ? unprotected(sent.request, identifiersOf(erased, sent, facts), facts)
        : undefined;
    };
  },
};

function unprotected(
  { id, items }: Extract<WireRequest, { kind: "users" }>,
  open: ReadonlySet<string>,
  facts: MirrorFacts,
): string | undefined {
  const wanted = new Set(
    wantedRows(facts, targetOf(facts, id)).flatMap(({ identifiers }) => identifiers),
  );
  const key = items.flatMap(({ keys }) => keys).find((one) => wanted.has(one) && !open.has(one));
  if (key !== undefined)
    return `${key.slice(0, 14)} is removed from ${id}, and somebody wanted has it`;
  const beside = items.flatMap((row) => row.beside).find((cell) => cell.startsWith("LOOKALIKE"));
  return beside && `a removal from ${id} says ${beside}`;
}

/** Of somebody who was erased everything goes, whoever has it too. */
function erasedMembers({ tables, erased }: MirrorFacts): ReadonlySet<string> {
  if (erased.size === 0) return new Set();
  const held = [...heldRows(tables).values()].flat();
  return new Set(
    held
      .filter(({ identifiers }) => identifiers.some((one) => erased.has(one)))
      .map(({ row: { member } }) => member),
  );
}

function identifiersOf(
  members: ReadonlySet<string>,
  { row }: SentBatch,
  { tables }: MirrorFacts,
): ReadonlySet<string> {
  if (row === undefined || members.size === 0) return new Set();
  const theirs = changesOf(row, tables).filter(({ member }) => members.has(member));
  return new Set(theirs.flatMap(({ cells }) => identifiersIn(cells)));
}
