import type { RunResult } from "../../../../src/delivery/run-result.js";
import { isClean } from "../mirror-run.js";
import { isFlawed, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const recordsOfTable: MirrorInvariant = {
  number: "16b",
  says: "of a table that is as its audiences are, each record is unchanged, withheld or rejected, as it is there",
  check: (facts) => (moment) =>
    moment.kind === "run_ended" &&
    moment.result.requests.attempts === 0 &&
    isClean(moment.result, facts.tables)
      ? otherwise(moment.result, facts)
      : undefined,
};

function otherwise({ records }: RunResult, facts: MirrorFacts): string | undefined {
  const members = facts.members();
  const withheld = members.filter(({ fate }) => fate === "withheld").length;
  const suppressed = members.filter(({ fate }) => fate === "suppressed").length;
  const lacking = members.filter(({ fate }) => fate === "rejected").length;
  const flawed = members.filter(({ fate, rows }) => {
    return fate === "sent" && rows.some((row) => isFlawed(facts, row));
  }).length;
  if (records.withheld !== withheld)
    return `${String(withheld)} are withheld, and ${String(records.withheld)} are counted so`;
  if (records.suppressed !== suppressed)
    return `${String(suppressed)} are suppressed, and ${String(records.suppressed)} are counted so`;
  // Of those that Meta counted as malformed without a name nobody knows.
  if (records.rejected < lacking || records.rejected > lacking + flawed)
    return `${String(lacking)} to ${String(lacking + flawed)} are rejected, and ${String(records.rejected)} are counted so`;
  const rest = members.length - records.withheld - records.rejected - suppressed;
  return records.unchanged === rest
    ? undefined
    : `${String(rest)} are unchanged, and ${String(records.unchanged)} are counted so`;
}
