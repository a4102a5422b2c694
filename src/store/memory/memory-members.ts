import type {
  Change,
  Comparison,
  Difference,
  Members,
  RepeatedMembers,
  Staging,
  TakenAudience,
  WantedMember,
} from "../members.js";
import { compare, type Compared, type PlannedChange } from "./compare.js";
import { membersToFind } from "./fold.js";
import { standingReject } from "./memory-rejects.js";
import { liveRuns } from "./leases.js";
import { keyOf, type MemoryTables } from "./tables.js";
import { tidyUp } from "./tidy-up.js";
import { edgeOf, usersEdge } from "../edge-of.js";
import { compareTexts } from "../text-order.js";
import { isMirrored } from "./lane.js";

/** The members of audiences in memory: what the SQL of other stores is held to. */
export function memoryMembers(tables: MemoryTables): Members {
  return {
    audiences: () => {
      const held = membersToFind(tables);
      return Promise.resolve(
        [...tables.audiences]
          .map(([audienceId, { owner, target }]) => {
            const rows = held.filter((row) => row.audienceId === audienceId).length;
            return { audienceId, target, owner, rows };
          })
          .sort((a, b) => compareTexts([a.target, a.audienceId], [b.target, b.audienceId])),
      );
    },
    release: (audienceId) => Promise.resolve(release(tables, audienceId)),
    keeperOf: (audienceId) => Promise.resolve(keeperOf(tables, audienceId)),
    stage: () => Promise.resolve(staging(tables)),
  };
}

function release(
  tables: MemoryTables,
  audienceId: string,
): Awaited<ReturnType<Members["release"]>> {
  tidyUp(tables);
  const audience = tables.audiences.get(audienceId);
  if (audience?.owner === undefined) return "not_owned";
  const live = [...liveRuns(tables)].map((runId) => tables.runs[runId - 1]?.sync);
  if (live.includes(audience.owner)) return "under_way";
  tables.audiences.set(audienceId, { ...audience, owner: undefined });
  return "released";
}

function staging(tables: MemoryTables): Staging {
  let wanted: readonly WantedMember[] = [];
  const supposed = new Set<string>();
  return {
    add: (members) => {
      wanted = [...wanted, ...members];
      return Promise.resolve();
    },
    suppress: (keys) => {
      for (const key of keys) supposed.add(key);
      return Promise.resolve();
    },
    targets: () => Promise.resolve(inOrder(wanted.map(({ target }) => target))),
    repeated: () => Promise.resolve(repeatedMembers(wanted)),
    compare: (comparison) => Promise.resolve(differenceOf(tables, comparison, wanted, supposed)),
    close: () => {
      wanted = [];
      return Promise.resolve();
    },
  };
}

function inOrder(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort((a, b) => compareTexts([a], [b]));
}

function repeatedMembers(wanted: readonly WantedMember[]): RepeatedMembers {
  const seen = new Set<string>();
  const repeated = wanted.filter(({ target, member }) => {
    const key = keyOf(target, member);
    return seen.size === seen.add(key).size;
  });
  return {
    count: new Set(repeated.map(({ member }) => member)).size,
    examples: inOrder(repeated.map(({ identity }) => identity)).slice(0, 5),
  };
}

function differenceOf(
  tables: MemoryTables,
  comparison: Comparison,
  wanted: readonly WantedMember[],
  supposed: ReadonlySet<string>,
): Difference {
  const compared = compare({
    comparison,
    wanted,
    held: membersToFind(tables),
    suppressed: new Set([...tables.suppressed.keys(), ...supposed]),
    isRefused: (change) => standingReject(tables, comparison.sync, change) !== undefined,
  });
  return {
    audiences: compared.map(({ difference }) => ({
      ...difference,
      mayShrinkTo: tables.audiences.get(difference.audienceId ?? "")?.mayShrinkTo,
    })),
    begin: (runId, targets, mayShrinkTo = new Map()) =>
      new Promise((resolve) => {
        const some = compared.filter(({ difference }) => targets.includes(difference.target));
        resolve(begin(tables, runId, some, mayShrinkTo));
      }),
    changes: (target, after, limit) => {
      const found = compared.find(({ difference }) => difference.target === target);
      const behind = (found?.changes ?? []).filter(({ place }) => place > after);
      return Promise.resolve(behind.slice(0, limit).map(toSend));
    },
  };
}

function toSend({ attributesDigest, protectedKeys, ...change }: PlannedChange): Change {
  return change;
}

/** All of it or nothing: whatever cannot be begun is found before anything is written. */
function begin(
  tables: MemoryTables,
  runId: number,
  compared: readonly Compared[],
  mayShrinkTo: ReadonlyMap<string, number>,
): readonly TakenAudience[] {
  const owner = tables.runs[runId - 1]?.sync ?? "";
  const begun = compared.map(({ difference: { target, audienceId }, changes, withdrawn }) => {
    if (audienceId === undefined) throw new RangeError(`the audience of ${target} is not created`);
    return { target, audienceId, changes, withdrawn };
  });
  const taken = begun.flatMap(({ target, audienceId }): readonly TakenAudience[] => {
    const keeper = keeperOf(tables, audienceId);
    if (keeper === owner) return [];
    const sync = keeper ?? userOf(tables, audienceId, runId);
    const kind = keeper === undefined ? "in_use" : "kept";
    return sync === undefined ? [] : [{ kind, target, audienceId, sync }];
  });
  const takenIds = new Set(taken.map(({ audienceId }) => audienceId));
  for (const { target, audienceId, changes, withdrawn } of begun) {
    if (takenIds.has(audienceId)) continue;
    tables.audiences.set(audienceId, { owner, target, mayShrinkTo: mayShrinkTo.get(target) });
    for (const { attributes, ...change } of changes)
      tables.changes.set(keyOf(String(runId), String(change.place)), {
        ...change,
        runId,
        audienceId,
      });
    for (const rowId of withdrawn) withdraw(tables, keyOf(audienceId, rowId));
  }
  return taken;
}

/** The sync of a run that goes on and sends operations to an audience. */
function userOf(tables: MemoryTables, audienceId: string, runId: number): string | undefined {
  const live = liveRuns(tables);
  const edge = usersEdge(audienceId);
  return [...tables.batches.values()].find(
    (batch) =>
      batch.runId !== runId &&
      live.has(batch.runId) &&
      edgeOf(batch.path) === edge &&
      !isMirrored(batch),
  )?.sync;
}

/** Whose an audience is: nobody's when no row is held in it and none is about to be. */
function keeperOf(tables: MemoryTables, audienceId: string): string | undefined {
  const rows = [...membersToFind(tables), ...tables.changes.values()];
  return rows.some((row) => row.audienceId === audienceId)
    ? tables.audiences.get(audienceId)?.owner
    : undefined;
}

function withdraw({ members }: MemoryTables, key: string): void {
  const held = members.get(key);
  if (held !== undefined) members.set(key, { ...held, confirmedAt: undefined });
}
