/** What sources may want of a few people, so few that they share rows, keys and audiences. */
import fc from "fast-check";
import type { ComparedAudience, WantedMember } from "../../src/store/members.js";
import { VIP, VIP_ID, wants } from "./member-rows.js";
import { T0 } from "./rows.js";

/** The last two are in an order that is not that of UTF-16 units; most people are wanted in the others. */
const TARGETS = [VIP, "\u{1F600}", "\uFFFD"] as const;

const target = fc.constantFrom(VIP, VIP, VIP, ...TARGETS);

/** The id of a target's audience, once it is there. */
export function audienceIdOf(name: string): string {
  return String(Number(VIP_ID) + TARGETS.findIndex((one) => one === name));
}

/** Some rows have no keys, some share them, and some are equal but for their attributes. */
const sketches = fc.uniqueArray(
  fc.record({
    keys: fc.constantFrom("", "a", "b", "ab", "bc"),
    context: fc.constantFrom("x", "x", "y"),
    attributes: fc.constantFrom("1", "2"),
  }),
  { minLength: 1, maxLength: 2, selector: ({ keys, context }) => `${keys}|${context}` },
);

/** Records of a source; nobody is there twice for one audience. */
export const wanted: fc.Arbitrary<readonly WantedMember[]> = fc
  .uniqueArray(fc.tuple(target, fc.constantFrom("ann", "bob", "cid"), sketches), {
    maxLength: 6,
    selector: ([name, member]) => `${name}|${member}`,
  })
  .map((people) => people.map(([name, member, rows]) => wants(name, member, ...rows)));

/** Some of the audiences, in any order; now and then one that is still to be created. */
export const compared: fc.Arbitrary<readonly ComparedAudience[]> = fc
  .shuffledSubarray([...TARGETS.keys()], { minLength: 1 })
  .chain((places) => fc.tuple(...places.map(comparedAudience)));

function comparedAudience(place: number): fc.Arbitrary<ComparedAudience> {
  return fc
    .record({
      exists: fc.boolean().map((odd) => odd || place < 2),
      trustedSince: fc.oneof(
        { arbitrary: fc.constant(0), weight: 3 },
        fc.nat(60).map((seconds) => T0 + seconds * 1_000),
      ),
    })
    .map(({ exists, trustedSince }) => ({
      target: TARGETS[place] ?? VIP,
      audienceId: exists ? audienceIdOf(TARGETS[place] ?? VIP) : undefined,
      trustedSince,
    }));
}

/** The same; in some everybody is replaced. */
export const comparedOrReplaced: fc.Arbitrary<readonly ComparedAudience[]> = fc
  .tuple(compared, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([audiences, flags]) =>
    audiences.map((one, index) => ({ ...one, replaces: flags[index] === true })),
  );
