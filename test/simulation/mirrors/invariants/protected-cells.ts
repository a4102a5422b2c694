import type { WireRequest } from "../../meta/wire.js";
import { targetOf, wantedRows, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const protectedCells: MirrorInvariant = {
  number: "6",
  says: "no removal has an identifier that somebody wanted has, or an attribute",
  check: (facts) => (moment) => {
    const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
    return request?.kind === "users" && request.operation === "remove"
      ? unprotected(request, facts)
      : undefined;
  },
};

function unprotected(
  { id, items }: Extract<WireRequest, { kind: "users" }>,
  facts: MirrorFacts,
): string | undefined {
  const wanted = new Set(
    wantedRows(facts, targetOf(facts, id)).flatMap(({ identifiers }) => identifiers),
  );
  const key = items.flatMap(({ keys }) => keys).find((one) => wanted.has(one));
  if (key !== undefined)
    return `${key.slice(0, 14)} is removed from ${id}, and somebody wanted has it`;
  const beside = items.flatMap((row) => row.beside).find((cell) => cell.startsWith("LOOKALIKE"));
  return beside && `a removal from ${id} says ${beside}`;
}
