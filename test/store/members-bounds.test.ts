/** What the store knows of an audience bounds what is there, whatever becomes of the requests. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, WantedMember } from "../../src/store/members.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables, type MemoryTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";
import { changesOf, difference, mirrorBatch, refusalOf, toDo, VIP } from "./member-rows.js";
import { end, go, start, SYNC, type Fate } from "./rows.js";
import { wanted } from "./wanted.js";

/** How a request ends, and whether Meta applied it. */
const FATES = {
  succeeded: { state: "succeeded", applied: true },
  refusedInPart: { state: "partially_succeeded", applied: true },
  lostOnTheWay: { state: "unknown", applied: false },
  answerLost: { state: "unknown", applied: true },
  processEnded: { state: "sending", applied: true },
  neverSent: { state: "pending", applied: false },
  rejected: { state: "rejected", applied: false },
  failed: { state: "failed", applied: false },
} as const satisfies Readonly<
  Record<string, { readonly state: Fate["state"]; readonly applied: boolean }>
>;

type FateName = keyof typeof FATES;

/** A run, and how its requests end. */
interface Day {
  readonly wanted: readonly WantedMember[];
  readonly removes: boolean;
  readonly remove: FateName;
  readonly upsert: FateName;
  /** Of a request that is refused in part: every which row. */
  readonly refusesEach: number;
  /** Whether rejects are retried while the request is under way. */
  readonly retriesRejects: boolean;
}

const fate = fc.constantFrom<FateName[]>(
  "succeeded",
  "succeeded",
  "succeeded",
  "refusedInPart",
  "lostOnTheWay",
  "answerLost",
  "processEnded",
  "neverSent",
  "rejected",
  "failed",
);

const days: fc.Arbitrary<readonly Day[]> = fc.array(
  fc.record({
    wanted: wanted.map((members) => members.filter(({ target }) => target === VIP)),
    removes: fc.nat(4).map((number) => number > 0),
    remove: fate,
    upsert: fate,
    refusesEach: fc.integer({ min: 1, max: 3 }),
    retriesRejects: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What Meta has: cells by which it finds people, and rows that have only others. */
type Meta = Set<string>;

function cellsOf({ keys, cells }: Pick<Change, "keys" | "cells">): readonly string[] {
  return keys.length > 0 ? keys : [cells];
}

function apply(meta: Meta, change: Change): void {
  for (const cell of cellsOf(change))
    if (change.operation === "remove") meta.delete(cell);
    else meta.add(cell);
}

async function live(store: Store, meta: Meta, day: Day): Promise<void> {
  const runId = await start(store);
  const found = await difference(store, day.wanted, { removes: day.removes });
  const changes = await changesOf(found);
  await found.begin(runId, [VIP]);
  for (const [place, operation] of (["remove", "upsert"] as const).entries()) {
    const { state, applied } = FATES[day[operation]];
    const some = changes.filter((change) => change.operation === operation);
    const refused =
      state === "partially_succeeded" ? some.filter((_, at) => at % day.refusesEach === 0) : [];
    const rejects = refused.map((change) => refusalOf(change));
    if (some.length === 0) continue;
    await go(store, mirrorBatch(runId, place, some), { state, rejects });
    if (day.retriesRejects) await store.rejects.retry({ sync: SYNC });
    for (const change of some) if (applied && !refused.includes(change)) apply(meta, change);
  }
  await end(store, runId);
}

function expectBounds({ members }: MemoryTables, meta: Meta): void {
  const held = [...members.values()];
  const confirmed = held.filter(({ confirmedAt }) => confirmedAt !== undefined);
  const missing = confirmed.flatMap(cellsOf).filter((cell) => !meta.has(cell));
  const unknown = [...meta].filter((cell) => !new Set(held.flatMap(cellsOf)).has(cell));
  expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
}

const NO_FAULTS = {
  removes: true,
  remove: "succeeded",
  upsert: "succeeded",
  refusesEach: 1,
  retriesRejects: true,
} as const;

it("has everything that is confirmed at Meta, and holds everything that is there", async () => {
  await fc.assert(
    fc.asyncProperty(days, async (history) => {
      const tables = emptyTables();
      const meta: Meta = new Set();
      const store = memoryStore(tables);
      for (const day of history) {
        await live(store, meta, day);
        // The next run puts in order what this one left.
        await end(store, await start(store));
        expectBounds(tables, meta);
      }
    }),
    { numRuns: 300 },
  );
});

it("comes to exactly what is wanted in one run without faults, and has nothing to do after it", async () => {
  await fc.assert(
    fc.asyncProperty(days, wanted, async (history, last) => {
      const people = last.filter(({ target }) => target === VIP);
      const store = memoryStore();
      const meta: Meta = new Set();
      for (const day of history) await live(store, meta, day);
      await store.rejects.retry({ sync: SYNC });
      await live(store, meta, { ...NO_FAULTS, wanted: people });
      const cells = people.flatMap(({ rows }) => rows.flatMap(cellsOf));
      expect([...meta].sort()).toEqual([...new Set(cells)].sort());
      expect(await toDo(store, people)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
