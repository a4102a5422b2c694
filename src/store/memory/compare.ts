/** The comparison of what is wanted with what is held, as a function of values. */
import type { AudienceDifference, Change, Comparison, WantedMember } from "../members.js";
import {
  compareAudience,
  removalOf,
  type Addition,
  type AudienceFacts,
  type Removal,
} from "./compare-audience.js";
import { leavingMembers, memberCounts, type ComparedFacts } from "./member-counts.js";
import type { ChangeRow, HeldRow } from "./tables.js";

/** Everything that a comparison looks at. */
export interface CompareFacts extends Pick<AudienceFacts, "isRefused"> {
  readonly comparison: Comparison;
  readonly wanted: readonly WantedMember[];
  readonly held: readonly HeldRow[];
  readonly suppressed: ReadonlySet<string>;
}

/** A change with what is written down of it. */
export type PlannedChange = Change & Pick<ChangeRow, "attributesDigest" | "protectedKeys">;

/** An audience, and its changes in the order of their places. */
export interface Compared {
  readonly difference: Omit<AudienceDifference, "mayShrinkTo">;
  readonly changes: readonly PlannedChange[];
  /** Ids of held rows that lose their confirmation when it is begun. */
  readonly withdrawn: ReadonlySet<string>;
}

/** Compares; the places of the changes count from 0, audience after audience. */
export function compare(facts: CompareFacts): readonly Compared[] {
  const suppressed = suppressedMembers(facts);
  const all = facts.comparison.audiences.map((audience) => ofAudience(facts, audience, suppressed));
  const leaving = all.map(leavingMembers);
  let place = 0;
  return all.map((compared, index) => {
    const others = leaving.filter((_, other) => other !== index);
    const { target, audienceId } = compared.facts.audience;
    const members = memberCounts(compared, new Set(others.flatMap((one) => [...one])));
    const { gone, additions, withdrawn, rows, isReplaced } = compared.changes;
    const first = place;
    const changes = [...gone.map(removed), ...additions.map(added)].map((change) => ({
      place: place++,
      ...change,
    }));
    const replaced = isReplaced ? { replaced: { first, last: place - 1 } } : {};
    return {
      difference: { target, audienceId, members, rows, ...replaced },
      changes,
      withdrawn,
    };
  });
}

/** Who has a suppressed key in one of the audiences that are compared. */
function suppressedMembers({ comparison, held, suppressed }: CompareFacts): ReadonlySet<string> {
  const compared = new Set(comparison.audiences.map(({ audienceId }) => audienceId));
  const rows = held.filter(
    ({ audienceId, keys }) => compared.has(audienceId) && keys.some((key) => suppressed.has(key)),
  );
  return new Set(rows.map(({ member }) => member));
}

function ofAudience(
  { wanted, held, isRefused, comparison: { removes } }: CompareFacts,
  audience: AudienceFacts["audience"],
  suppressed: ReadonlySet<string>,
): ComparedFacts {
  const { target, audienceId } = audience;
  const facts = {
    audience,
    wanted: wanted.filter((member) => member.target === target),
    held: held.filter((row) => row.audienceId === audienceId),
    removes,
    isSuppressed: (member: string) => suppressed.has(member),
    isRefused,
  };
  return { facts, changes: compareAudience(facts) };
}

function removed({ row, keys, protectedKeys }: Removal): Omit<PlannedChange, "place"> {
  const { member, rowId, identity, cells, attributesDigest } = row;
  const sent = { member, rowId, ...removalOf(row), identity, cells, attributes: undefined, keys };
  return { ...sent, operation: "remove", attributesDigest, protectedKeys };
}

function added({ row }: Addition): Omit<PlannedChange, "place"> {
  return { ...row, operation: "upsert", protectedKeys: [] };
}
