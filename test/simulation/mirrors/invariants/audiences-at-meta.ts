import type { MetaAudience } from "../../meta/meta.js";
import { isFlawed, wantedRows, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const audiencesAtMeta: MirrorInvariant = {
  number: "14, 15",
  says: "each audience holds whom the table wants there, and nobody else where others are removed",
  check: (facts) => {
    /** By id: audiences that another sync gave up, and that none has taken since. */
    const released = new Set<string>();
    return (moment) => {
      if (moment.kind === "released") released.add(moment.audienceId);
      if (moment.kind === "left") released.delete(moment.exchange.sent?.request.id ?? "");
      if (moment.kind !== "finished") return undefined;
      for (const audience of facts.meta.audiences.values()) {
        const problem = wrong(audience, !released.has(audience.id), facts);
        if (problem !== undefined) return `${audience.name}: ${problem}`;
      }
      return undefined;
    };
  },
};

function wrong(
  { name, membership: { held } }: MetaAudience,
  isKept: boolean,
  facts: MirrorFacts,
): string | undefined {
  const { mode, valueBased, sharing } = facts.schedule;
  const rows = wantedRows(facts, name);
  /** By identifier: the values of those who have it. */
  const wanted = new Map<string, readonly string[]>();
  for (const { identifiers, value } of rows.filter((row) => !isFlawed(facts, row)))
    for (const one of identifiers)
      wanted.set(one, [...(wanted.get(one) ?? []), `LOOKALIKE_VALUE=${String(value)}`]);
  for (const [identifier, values] of wanted) {
    const beside = held.get(identifier);
    if (beside === undefined) return `${identifier.slice(0, 14)} is missing`;
    // Of several who have an identifier the value of whom was sent last stands, also once they left.
    if (valueBased && sharing === "nobody" && !values.some((value) => beside.includes(value)))
      return `${identifier.slice(0, 14)} has another value than ${values.join(" or ")}`;
  }
  // Nothing that somebody wanted has is removed, also where Meta refuses their row.
  const known = new Set(rows.flatMap(({ identifiers }) => identifiers));
  const stranger = [...held.keys()].find((one) => !known.has(one) && !facts.strangers.has(one));
  return mode !== "add" && isKept && stranger !== undefined
    ? `${stranger.slice(0, 14)} was left behind`
    : undefined;
}
