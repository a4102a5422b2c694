/** What holds of every comparison, whatever is wanted and held. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WantedMember } from "../../src/store/members.js";
import { compare, type Compared, type CompareFacts } from "../../src/store/memory/compare.js";
import type { HeldRow } from "../../src/store/memory/tables.js";
import { key } from "./member-rows.js";
import { SYNC, T0 } from "./rows.js";
import { audienceIdOf, compared, wanted } from "./wanted.js";

/** Rows that are held of some people who were wanted once, sure or not. */
const heldRows: fc.Arbitrary<readonly HeldRow[]> = wanted.chain((members) =>
  fc.tuple(...members.flatMap(rowsHeldOf)),
);

function rowsHeldOf({ target, member, identity, rows }: WantedMember) {
  const audienceId = audienceIdOf(target);
  return rows.map(({ attributes, ...row }) =>
    fc
      .option(
        fc.nat(60).map((seconds) => T0 + seconds * 1_000),
        { nil: undefined },
      )
      .map((confirmedAt) => ({ ...row, member, identity, audienceId, confirmedAt })),
  );
}

const facts: fc.Arbitrary<CompareFacts> = fc
  .record({
    wanted,
    held: heldRows,
    audiences: compared,
    removes: fc.boolean(),
    refused: fc.constantFrom("0", "01234", "89abcdef"),
    suppressed: fc.subarray(["a", "b"]).map((letters) => new Set(letters.map(key))),
  })
  .map(({ audiences, removes, refused, ...rest }) => ({
    ...rest,
    comparison: { sync: SYNC, audiences, removes },
    isRefused: ({ itemId }) => refused.includes(itemId.charAt(0)),
  }));

/** What a comparison found in one audience, with what it was about. */
interface Found extends Compared {
  readonly trustedSince: number;
  readonly members: readonly WantedMember[];
  readonly rows: readonly (WantedMember["rows"][number] & { readonly member: string })[];
  readonly held: readonly HeldRow[];
}

function foundIn({ comparison, wanted, held }: CompareFacts, all: readonly Compared[]) {
  return all.map((one, index): Found => {
    const audience = comparison.audiences[index];
    if (audience === undefined) throw new Error("there is a difference for each audience");
    const members = wanted.filter(({ target }) => target === audience.target);
    return {
      ...one,
      trustedSince: audience.trustedSince,
      members,
      rows: members.flatMap(({ member, rows }) => rows.map((row) => ({ ...row, member }))),
      held: held.filter(({ audienceId }) => audienceId === audience.audienceId),
    };
  });
}

/** States something of each audience of any comparison. */
function always(says: string, check: (found: Found, facts: CompareFacts) => void): void {
  it(says, () => {
    fc.assert(
      fc.property(facts, (given) => {
        for (const found of foundIn(given, compare(given))) check(found, given);
      }),
      { numRuns: 300 },
    );
  });
}

const removalsOf = ({ changes }: Found) =>
  changes.filter(({ operation }) => operation === "remove");
const additionsOf = ({ changes }: Found) =>
  changes.filter(({ operation }) => operation === "upsert");

/** Who has a suppressed key in some audience of a comparison. */
function suppressedIn({ comparison, held, suppressed }: CompareFacts): ReadonlySet<string> {
  const ids = comparison.audiences.map(({ audienceId }) => audienceId);
  const rows = held.filter(
    ({ audienceId, keys }) => ids.includes(audienceId) && keys.some((one) => suppressed.has(one)),
  );
  return new Set(rows.map(({ member }) => member));
}

describe("a comparison", () => {
  always("removes no key that somebody wanted has, and no row that is wanted", (found, given) => {
    const keys = new Set(found.rows.flatMap((row) => row.keys));
    const ids = new Set(found.rows.map(({ rowId }) => rowId));
    const suppressed = suppressedIn(given);
    for (const removal of removalsOf(found)) {
      const shared = removal.keys.filter((one) => keys.has(one));
      if (!suppressed.has(removal.member)) expect(shared).toEqual([]);
      expect(ids).not.toContain(removal.rowId);
      expect(removal.attributes).toBeUndefined();
    }
  });

  always("removes a row without keys only when nobody wanted has its cells", (found, given) => {
    const suppressed = suppressedIn(given);
    const cells = new Set(found.rows.map((row) => row.cells));
    for (const removal of removalsOf(found))
      if (removal.keys.length === 0 && !suppressed.has(removal.member))
        expect(cells).not.toContain(removal.cells);
  });

  always("accounts for each key of a row that it removes: it goes, or it stays", (found) => {
    const held = new Map(found.held.map((row) => [row.rowId, row]));
    for (const { rowId, keys, protectedKeys } of removalsOf(found))
      expect([...keys, ...protectedKeys].sort()).toEqual(held.get(rowId)?.keys.toSorted());
  });

  always(
    "sends everybody again whom a removal may touch, but for who was refused",
    (found, given) => {
      const removals = removalsOf(found);
      const members = new Set(removals.map(({ member }) => member));
      const keys = new Set(removals.flatMap((one) => [...one.keys, ...one.protectedKeys]));
      const sent = new Set(additionsOf(found).map(({ rowId }) => rowId));
      for (const row of found.rows) {
        if (given.isRefused(row)) continue;
        if (members.has(row.member) || row.keys.some((key) => keys.has(key)))
          expect(sent).toContain(row.rowId);
      }
    },
  );

  always(
    "leaves a wanted row alone only when it is certain to be there, or refused",
    (found, given) => {
      const held = new Map(found.held.map((row) => [row.rowId, row]));
      const sent = new Set(additionsOf(found).map(({ rowId }) => rowId));
      for (const row of found.rows) {
        if (sent.has(row.rowId) || given.isRefused(row)) continue;
        const { attributesDigest, confirmedAt = -1 } = held.get(row.rowId) ?? {};
        expect(attributesDigest).toBe(row.attributesDigest);
        expect(confirmedAt).toBeGreaterThanOrEqual(found.trustedSince);
      }
    },
  );

  always("sends nothing that was refused before, and nothing twice", (found, given) => {
    for (const change of found.changes) expect(given.isRefused(change)).toBe(false);
    const ids = found.changes.map(({ rowId }) => rowId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  always("removes of suppressed people everything that nobody wants", (found, given) => {
    const suppressed = suppressedIn(given);
    const sent = new Map(removalsOf(found).map(({ rowId, keys }) => [rowId, keys]));
    const ids = new Set(found.rows.map(({ rowId }) => rowId));
    for (const { member, rowId, keys, itemId } of found.held) {
      const refused = given.isRefused({ itemId, contentDigest: rowId });
      if (suppressed.has(member) && !refused && !ids.has(rowId))
        expect(sent.get(rowId)).toEqual(keys);
    }
  });

  always("counts every wanted member once, and every row", (found) => {
    const { members, rows } = found.difference;
    const { joined, moved, changed, repeated, unchanged } = members;
    expect(joined + moved + changed + repeated + unchanged).toBe(found.members.length);
    expect([rows.removals, rows.additions, rows.held, rows.wanted]).toEqual([
      removalsOf(found).length,
      additionsOf(found).length,
      found.held.length,
      found.rows.length,
    ]);
    expect(rows.removedByChange).toBeLessThanOrEqual(rows.removals);
  });

  it("puts its changes in places without a gap", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const places = compare(given).flatMap(({ changes }) => changes.map(({ place }) => place));
        expect(places).toEqual([...places.keys()]);
      }),
    );
  });

  it("does not depend on the order in which people and rows are found", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turned = {
          ...given,
          wanted: given.wanted.toReversed(),
          held: given.held.toReversed(),
        };
        expect(compare(turned)).toEqual(compare(given));
      }),
    );
  });
});
