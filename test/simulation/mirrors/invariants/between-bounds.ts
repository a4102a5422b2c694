import type { HeldRow } from "../../../../src/store/memory/tables.js";
import type { Moment } from "../../moments.js";
import { flawIn, heldRows, type Held } from "./held.js";
import { targetOf, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const betweenBounds: MirrorInvariant = {
  number: "1",
  says: "what is confirmed is at Meta, and what is at Meta is held",
  check: (facts) => (moment) => {
    if (!CHANGING.has(moment.kind)) return undefined;
    const held = heldRows(facts.tables);
    for (const { id, membership } of facts.meta.audiences.values()) {
      const problem = outOfBounds(held.get(id) ?? [], membership.held, facts);
      if (problem !== undefined) return `${targetOf(facts, id)}: ${problem}`;
    }
    return undefined;
  },
};

/** What changes the store or Meta. */
const CHANGING: ReadonlySet<Moment["kind"]> = new Set([
  "run_started",
  "begun",
  "sending",
  "done",
  "settled",
  "run_ended",
]);

function outOfBounds(
  held: readonly Held[],
  atMeta: ReadonlyMap<string, unknown>,
  facts: MirrorFacts,
): string | undefined {
  for (const { row, identifiers } of held) {
    if (row.confirmedAt === undefined || isUncounted(row, facts)) continue;
    const missing = identifiers.find((identifier) => !atMeta.has(identifier));
    if (missing !== undefined)
      return `${missing.slice(0, 14)} of ${row.identity} is confirmed, and Meta has not got it`;
  }
  const open = new Set(held.flatMap((one) => one.open));
  const stranger = [...atMeta.keys()].find((one) => !open.has(one) && !facts.strangers.has(one));
  return stranger && `${stranger.slice(0, 14)} is at Meta, and nobody holds it`;
}

/** Meta may count a row as malformed without naming it. */
function isUncounted({ cells }: HeldRow, { flaws }: MirrorFacts): boolean {
  const flaw = flawIn(cells, flaws);
  return flaw?.kind === "malformed" && !flaw.named;
}
