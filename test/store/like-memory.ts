/** A store is held to the one in memory, whatever the history. */
import fc from "fast-check";
import type { Store } from "../../src/store/store.js";
import { key } from "./member-rows.js";
import { SYNCS, Twins, type About } from "./twins.js";
import { comparedOrReplaced, wanted } from "./wanted.js";

/** One call, or what a delivery does in one go. */
type Step = (twins: Twins) => Promise<unknown>;

const which = fc.nat(7);
const content = fc.nat(2);
const events = fc.uniqueArray(fc.nat(5), { maxLength: 4 });
const states = fc.constantFrom(
  "succeeded" as const,
  "partially_succeeded" as const,
  "rejected" as const,
  "failed" as const,
  "unknown" as const,
  "split" as const,
);
const names = fc.constantFrom("vip", "vip!", "\u{1F600}", "\uFFFD");
const letters = fc.subarray(["a", "b", "c"]);
const words = fc.constantFrom("retry" as const, "skip" as const);

/** Written out, so that a failing history can be read. */
function steps<T>(
  name: string,
  of: fc.Arbitrary<T>,
  step: (twins: Twins, given: T) => Promise<unknown>,
) {
  return of.map((given) => {
    const run: Step = (twins) => step(twins, given);
    return Object.assign(run, { toString: () => `${name}(${JSON.stringify(given)})` });
  });
}

const requests = [
  steps("plan", fc.tuple(events, content, fc.boolean()), (twins, given) => twins.plan(...given)),
  steps("sending", which, (twins, given) => twins.sending(given)),
  steps("settle", fc.tuple(which, states, events), (twins, given) => twins.settle(...given)),
];

const fates = fc.oneof(
  { arbitrary: fc.constant("succeeded" as const), weight: 4 },
  { arbitrary: states, weight: 6 },
  fc.constantFrom("pending" as const, "sending" as const),
);

const mirror = fc.record({
  wanted,
  audiences: comparedOrReplaced,
  removes: fc.nat(4).map((number) => number > 0),
  dry: fc.boolean(),
  begins: fc.constantFrom(1, 3, 3),
});

function sends<T extends "remove" | "upsert">(operation: T) {
  return fc.record({ operation: fc.constant(operation), state: fates, refused: events });
}

const mirrors = [
  steps("mirror", mirror, (twins, given) => twins.mirror(given)),
  steps(
    "mirrorWhole",
    fc.tuple(fc.constantFrom(...SYNCS), mirror, fc.tuple(sends("remove"), sends("upsert"))),
    (twins, given) => twins.mirrorWhole(...given),
  ),
  steps(
    "request",
    fc.record({
      changes: fc.array(fc.tuple(fc.nat(9), fc.nat(5)), { minLength: 1, maxLength: 2 }),
      operation: fc.constantFrom("upsert", "upsert", "replace", "preliminary"),
      part: fc.boolean(),
      state: fates,
      refused: events,
    }),
    (twins, given) => twins.request(given),
  ),
];

const others = [
  steps("start", fc.constantFrom(...SYNCS), (twins, sync) => twins.start(sync)),
  steps("end", fc.constant(undefined), (twins) => twins.end()),
  steps("reopen", fc.constant(undefined), (twins) => twins.reopen()),
  steps("pass", fc.constantFrom(1, 10, 70), (twins, days) => {
    twins.pass(days);
    return Promise.resolve();
  }),
  steps("compare", fc.constant(undefined), (twins) => twins.compare()),
  steps("carry", fc.constantFrom("succeeded" as const, "skipped" as const), (twins, given) =>
    twins.carry(given),
  ),
  steps("standings", fc.tuple(fc.array(fc.nat(5)), content, fc.boolean()), (twins, given) =>
    twins.standings(...given),
  ),
  steps("noteLocal", fc.tuple(events, content, fc.boolean()), (twins, given) =>
    twins.noteLocal(...given),
  ),
  steps("lever", fc.tuple(which, words), (twins, given) => twins.lever(...given)),
  steps("retry rejects", fc.constantFrom(...SYNCS), (twins, sync) =>
    twins.both((store) => store.rejects.retry({ sync, origin: "meta" })),
  ),
  steps("creating", fc.tuple(names, fc.boolean()), (twins, [name, looks]) => {
    const at = twins.now();
    return twins.both(async (store) => {
      const found = looks ? await store.targets.find("1", name) : undefined;
      return store.targets.creating("1", name, at, found?.checkedAt);
    });
  }),
  steps("remember", names, (twins, target) => {
    const ready = { adAccountId: "1", target, audienceId: "7", createdByUs: false };
    const at = twins.now();
    return twins.both((store) => store.targets.remember({ ...ready, at }));
  }),
  steps("distrust", names, (twins, name) => {
    const at = twins.now();
    return twins.both((store) => store.targets.distrust("1", name, at));
  }),
  steps("suppress", letters, (twins, keys) => {
    const at = twins.now();
    return twins.both((store) => store.suppressions.add(keys.map(key), at));
  }),
  steps("lift", letters, (twins, keys) =>
    twins.both((store) => store.suppressions.lift(keys.map(key))),
  ),
  steps("drop held", fc.constantFrom("7001", "7002"), (twins, id) =>
    twins.both((store) => store.suppressions.dropHeld(id)),
  ),
  steps("forget", names, (twins, name) => twins.both((store) => store.targets.forget("1", name))),
];

/** A run that is begun with some requests, and whatever comes between. */
function history(about: About): fc.Arbitrary<readonly Step[]> {
  return fc.array(
    fc.oneof(
      ...requests.map((arbitrary) => ({ arbitrary, weight: about === "events" ? 5 : 1 })),
      ...mirrors.map((arbitrary) => ({ arbitrary, weight: about === "members" ? 10 : 0 })),
      ...others.map((arbitrary) => ({ arbitrary, weight: 1 })),
    ),
    { minLength: 10, maxLength: 40, size: "max" },
  );
}

/**
 * After so long no history is begun any more. One that is under way comes to its end: it would go on behind
 * the test otherwise, on a store that is gone, and where the first one takes longer nothing would be shown.
 */
const ENOUGH_MS = 18_000;

/**
 * Plays histories on a store and on the one in memory, which have to answer the same.
 *
 * @param openerOf gives, for each history, what opens its store, which keeps what it was told
 * @param about what most of each history is about
 */
export async function expectLikeMemory(
  openerOf: (history: number) => () => Promise<Store>,
  about: About,
): Promise<void> {
  let histories = 0;
  const enough = performance.now() + ENOUGH_MS;
  await fc.assert(
    fc.asyncProperty(history(about), async (taken) => {
      if (histories > 0 && performance.now() > enough) return;
      histories += 1;
      const twins = await Twins.open(openerOf(histories), about);
      try {
        await twins.start(SYNCS[0]);
        for (const step of taken) await step(twins);
        await twins.compare();
        await twins.start(SYNCS[0]);
        await twins.compare();
      } finally {
        await twins.close();
      }
    }),
    { numRuns: 25 },
  );
}
