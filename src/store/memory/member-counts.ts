/** What the changes of an audience mean for people. */
import type { MemberCounts } from "../members.js";
import type { AudienceChanges, AudienceFacts } from "./compare-audience.js";

/** An audience, and what is to be changed there. */
export interface ComparedFacts {
  readonly facts: AudienceFacts;
  readonly changes: AudienceChanges;
}

/** Who is no longer wanted in an audience, and is removed there. */
export function leavingMembers({ facts, changes }: ComparedFacts): ReadonlySet<string> {
  const wanted = new Set(facts.wanted.map(({ member }) => member));
  const removed = changes.removals.map(({ row }) => row.member);
  return new Set(removed.filter((member) => !wanted.has(member)));
}

/** @param leavingOthers who leaves another audience of the comparison */
export function memberCounts(
  compared: ComparedFacts,
  leavingOthers: ReadonlySet<string>,
): MemberCounts {
  const { facts, changes } = compared;
  const counts = { joined: 0, moved: 0, changed: 0, repeated: 0, unchanged: 0 };
  const held = new Set(facts.held.map(({ member }) => member));
  const sent = sentMembers(changes);
  for (const { member } of facts.wanted)
    if (!sent.any.has(member)) counts.unchanged += 1;
    else if (held.has(member)) counts[sent.changed.has(member) ? "changed" : "repeated"] += 1;
    else counts[leavingOthers.has(member) ? "moved" : "joined"] += 1;
  return { ...counts, left: leavingMembers(compared).size };
}

/** Of whom anything is sent, and of whom anything that is not merely sent again. */
function sentMembers({ removals, additions }: AudienceChanges) {
  const removed = removals.map(({ row }) => row.member);
  const added = additions.filter(({ because }) => because !== "repeated");
  return {
    any: new Set([...removed, ...additions.map(({ row }) => row.member)]),
    changed: new Set([...removed, ...added.map(({ row }) => row.member)]),
  };
}
