import { keyOf } from "../../../../src/store/memory/tables.js";
import { ACCOUNT } from "../../setting.js";
import { isClean } from "../mirror-run.js";
import { heldRows } from "./held.js";
import { isFlawed, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const confirmedSinceTrusted: MirrorInvariant = {
  number: "17a",
  says: "once all is sent, everybody was acknowledged since their audience is trusted, and refreshed",
  check: (facts) => {
    const refreshedAt = new Map<string, number>();
    let refreshing: number | undefined;
    return (moment) => {
      if (moment.kind === "born") refreshing = moment.words.fullRefresh ? facts.now() : undefined;
      // By then that is written down, and completed by whichever run.
      if (moment.kind === "begun" && refreshing !== undefined)
        for (const target of moment.targets) refreshedAt.set(target, refreshing);
      return moment.kind === "run_ended" && isClean(moment.result, facts.tables)
        ? distrusted(facts, refreshedAt)
        : undefined;
    };
  },
};

function distrusted(
  facts: MirrorFacts,
  refreshedAt: ReadonlyMap<string, number>,
): string | undefined {
  const held = [...heldRows(facts.tables).values()].flat();
  for (const { lane, identity, fate, rows } of facts.members()) {
    const trusted = facts.tables.targets.get(keyOf(ACCOUNT, lane))?.trustedSince ?? 0;
    const since = Math.max(trusted, refreshedAt.get(lane) ?? 0);
    const isCertain = (text: string) =>
      held.some(
        ({ row, identifiers }) =>
          row.identity === identity &&
          identifiers.join() === text &&
          (row.confirmedAt ?? -Infinity) >= since,
      );
    const wanted = fate === "sent" ? rows.filter((row) => !isFlawed(facts, row)) : [];
    if (wanted.some(({ identifiers }) => !isCertain(identifiers.join())))
      return `${identity} was not acknowledged since ${lane} is trusted`;
  }
  return undefined;
}
