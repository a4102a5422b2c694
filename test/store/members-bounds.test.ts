/** What the store knows of an audience bounds what is there, whatever becomes of the requests. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change, PlaceRange, WantedMember } from "../../src/store/members.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables, type MemoryTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";
import {
  audience,
  changesOf,
  difference,
  mirrorBatch,
  refusalOf,
  toDo,
  VIP,
  wants,
} from "./member-rows.js";
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
  /** Whether everybody is replaced; then `remove` is the fate of an early request, and `upsert` of the last. */
  readonly replaces: boolean;
  readonly remove: FateName;
  readonly upsert: FateName;
  /** Whether a replace that was broken off changes nothing, rather than ending with whoever was sent. */
  readonly dropsBroken: boolean;
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

const wantedVips = wanted.map((members) => members.filter(({ target }) => target === VIP));

const days: fc.Arbitrary<readonly Day[]> = fc.array(
  fc.record({
    wanted: wantedVips,
    removes: fc.nat(4).map((number) => number > 0),
    replaces: fc.nat(2).map((number) => number === 0),
    remove: fate,
    upsert: fate,
    dropsBroken: fc.boolean(),
    refusesEach: fc.integer({ min: 1, max: 3 }),
    retriesRejects: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What Meta has, as it may match: what of a row it keeps and finds. */
interface Meta {
  readonly matches: (row: Pick<Change, "keys" | "cells" | "member">) => readonly string[];
  readonly has: Set<string>;
}

/** Cells by which it finds people, and rows that have only others. */
function keepingCells(): Meta {
  return { matches: ({ keys, cells }) => (keys.length > 0 ? keys : [cells]), has: new Set() };
}

/** People: whoever is found by any cell goes whole. */
function keepingPeople(): Meta {
  return { matches: ({ member }) => [member], has: new Set() };
}

function apply({ matches, has }: Meta, change: Change): void {
  for (const one of matches(change))
    if (change.operation === "remove") has.delete(one);
    else has.add(one);
}

/** The same people, of whom nobody shares a cell with another one. */
function apart(members: readonly WantedMember[]): readonly WantedMember[] {
  return members.map(({ target, identity, rows }) => {
    const own = (letters: string) => Array.from(letters, (one) => letterOf(identity, one)).join("");
    const sketches = rows.map(({ cells, attributes }) => {
      const [keys = "", context = ""] = cells.split("|");
      return { keys: own(keys), context: identity + context, attributes };
    });
    return wants(target, identity, ...sketches);
  });
}

function letterOf(identity: string, letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 3 * (identity.charCodeAt(0) - 97));
}

async function live(store: Store, meta: Meta, day: Day): Promise<void> {
  const runId = await start(store);
  const { removes, replaces } = day;
  const found = await difference(store, day.wanted, {
    removes: removes || replaces,
    audiences: [audience({ replaces })],
  });
  const changes = await changesOf(found);
  await found.begin(runId, [VIP]);
  const replaced = found.audiences.flatMap((one) => one.replaced ?? []);
  if (replaced.length > 0) {
    const added = changes.filter(({ operation }) => operation === "upsert");
    await replace({ store, meta, day, runId }, added, replaced);
    await end(store, runId);
    return;
  }
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

interface Replacing {
  readonly store: Store;
  readonly meta: Meta;
  readonly day: Day;
  readonly runId: number;
}

/** Two requests in one session, which ends by itself where the last one is not taken. */
async function replace(
  { store, meta: { matches, has }, day, runId }: Replacing,
  added: readonly Change[],
  replaced: readonly PlaceRange[],
): Promise<void> {
  const middle = Math.floor(added.length / 2);
  const requests = [
    { rows: added.slice(0, middle), fate: FATES[day.remove], operation: "preliminary" },
    { rows: added.slice(middle), fate: FATES[day.upsert], operation: "replace" },
  ] as const;
  const session: Change[] = [];
  let isOpen = false;
  let isEnded = false;
  for (const [place, { rows, fate, operation }] of requests.entries()) {
    if (rows.length === 0) continue;
    const refused =
      fate.state === "partially_succeeded"
        ? rows.filter((_, at) => at % day.refusesEach === 0)
        : [];
    const rejects = refused.map((change) => refusalOf(change));
    const changes = operation === "replace" ? { changes: replaced } : {};
    const planned = mirrorBatch(runId, place, rows, { operation, ...changes });
    await go(store, planned, { state: fate.state, rejects });
    if (day.retriesRejects) await store.rejects.retry({ sync: SYNC });
    isOpen ||= fate.applied;
    isEnded ||= fate.applied && operation === "replace";
    if (fate.applied) session.push(...rows.filter((change) => !refused.includes(change)));
    // The lane stops there.
    if (fate.state !== "succeeded" && fate.state !== "partially_succeeded") break;
  }
  if (!isOpen || (day.dropsBroken && !isEnded)) return;
  has.clear();
  for (const one of session.flatMap(matches)) has.add(one);
}

function expectBounds({ members }: MemoryTables, { matches, has }: Meta): void {
  const held = [...members.values()];
  const confirmed = held.filter(({ confirmedAt }) => confirmedAt !== undefined);
  const missing = confirmed.flatMap(matches).filter((one) => !has.has(one));
  const known = new Set(held.flatMap(matches));
  const unknown = [...has].filter((one) => !known.has(one));
  expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
}

const NO_FAULTS = {
  removes: true,
  replaces: false,
  remove: "succeeded",
  upsert: "succeeded",
  dropsBroken: false,
  refusesEach: 1,
  retriesRejects: true,
} as const;

describe.each([
  ["keeps cells", keepingCells, (members: readonly WantedMember[]) => members],
  ["keeps people, who share no cell", keepingPeople, apart],
] as const)("if Meta %s", (_, newMeta, as) => {
  it("has everything that is confirmed at Meta, and holds everything that is there", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (history) => {
        const tables = emptyTables();
        const meta = newMeta();
        const store = memoryStore(tables);
        for (const day of history) {
          await live(store, meta, { ...day, wanted: as(day.wanted) });
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
      fc.asyncProperty(days, wantedVips, fc.boolean(), async (history, last, replaces) => {
        const people = as(last);
        const store = memoryStore();
        const meta = newMeta();
        for (const day of history) await live(store, meta, { ...day, wanted: as(day.wanted) });
        await store.rejects.retry({ sync: SYNC });
        await live(store, meta, { ...NO_FAULTS, replaces, wanted: people });
        const there = people.flatMap(({ member, rows }) =>
          rows.flatMap((row) => meta.matches({ ...row, member })),
        );
        expect([...meta.has].sort()).toEqual([...new Set(there)].sort());
        expect(await toDo(store, people)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
