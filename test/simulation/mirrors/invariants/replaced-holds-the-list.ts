import { isFlawed, targetOf, wantedRows, type MirrorInvariant } from "./mirror-facts.js";

export const replacedHoldsTheList: MirrorInvariant = {
  number: "14a",
  says: "after a replace an audience holds exactly whom the source wants, and one that broke off is no success",
  check: (facts) => (moment) => {
    if (moment.kind !== "run_ended") return undefined;
    const { mirror, status } = moment.result;
    for (const { audienceId = "", replace } of mirror?.audiences ?? []) {
      const target = targetOf(facts, audienceId);
      if (replace === "broken" && status === "succeeded")
        return `the replace of ${target} broke off, and the run is called a success`;
      if (replace !== "done") continue;
      const rows = wantedRows(facts, target).filter((row) => !isFlawed(facts, row));
      const wanted = new Set(rows.flatMap(({ identifiers }) => identifiers));
      const held = new Set(facts.meta.audiences.get(audienceId)?.membership.held.keys() ?? []);
      const missing = [...wanted].find((identifier) => !held.has(identifier));
      if (missing !== undefined)
        return `${target} was replaced, and ${missing.slice(0, 14)} is missing`;
      const stranger = [...held].find((identifier) => !wanted.has(identifier));
      if (stranger !== undefined)
        return `${target} was replaced, and ${stranger.slice(0, 14)} is there`;
    }
    return undefined;
  },
};
