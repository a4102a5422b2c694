import type {
  LoggedReject,
  NewReject,
  RejectCandidate,
  RejectCount,
  RejectFilter,
  Rejects,
} from "../rejects.js";
import { compareTexts } from "../text-order.js";
import { keyOf, type MemoryTables, type RejectRow } from "./tables.js";

/** Rejects in memory. */
export function memoryRejects(tables: MemoryTables): Rejects {
  const { rejects } = tables;
  const matching = (filter: RejectFilter) =>
    [...rejects].filter(([, row]) => fits(row, filter)).map(([key, row]) => ({ key, row }));
  return {
    standing: (sync, candidates) =>
      Promise.resolve(
        candidates.map((candidate) => standingReject(tables, sync, candidate)?.origin),
      ),
    noteLocal: (runId, sync, noted, at) =>
      Promise.resolve(noted.map((reject) => noteLocal(tables, runId, sync, reject, at))),
    dropStaleLocal: (runId, sync) => {
      for (const [key, row] of rejects)
        if (row.sync === sync && row.origin === "local" && row.runId !== runId) rejects.delete(key);
      return Promise.resolve();
    },
    list: (filter, limit) =>
      Promise.resolve(
        matching(filter)
          .map(({ row }) => logged(row))
          .sort((a, b) => b.createdAt - a.createdAt || compareTexts(namesOf(a), namesOf(b)))
          .slice(0, limit),
      ),
    counts: (filter) => Promise.resolve(counted(matching(filter).map(({ row }) => row))),
    retry: (filter) => {
      const found = matching(filter);
      for (const { key } of found) rejects.delete(key);
      return Promise.resolve(found.length);
    },
  };
}

/** The reject of a record with this content, if Meta or an operator refused it. */
export function standingReject(
  { rejects }: Pick<MemoryTables, "rejects">,
  sync: string,
  { itemId, contentDigest }: RejectCandidate,
): { readonly origin: "meta" | "operator" } | undefined {
  const row = rejects.get(keyOf(sync, itemId));
  if (row?.contentDigest !== contentDigest) return undefined;
  const { origin } = row;
  return origin === "local" ? undefined : { origin };
}

/** A reject keeps when it was first noted with this content; it is new in the run that did so. */
function noteLocal(
  { rejects, runs }: MemoryTables,
  runId: number,
  sync: string,
  reject: NewReject,
  at: number,
): boolean {
  const key = keyOf(sync, reject.itemId);
  const before = rejects.get(key);
  const isTold = runs[(before?.firstRunId ?? 0) - 1]?.status !== "unfinished";
  const standing =
    isTold && before?.origin === "local" && before.contentDigest === reject.contentDigest;
  const createdAt = standing ? before.createdAt : at;
  const firstRunId = standing ? before.firstRunId : runId;
  const said = { ...reject, sync, batchId: undefined, origin: "local" as const };
  rejects.set(key, { ...said, createdAt, firstRunId, runId });
  return firstRunId === runId;
}

function logged({ firstRunId, runId, ...reject }: RejectRow): LoggedReject {
  return reject;
}

function namesOf({ identity, scope, itemId, sync }: LoggedReject): readonly string[] {
  return [identity, scope, itemId, sync];
}

function fits(row: RejectRow, filter: RejectFilter): boolean {
  const { sync, scope, code, origin, identity, batchId } = filter;
  return [
    sync === undefined || row.sync === sync,
    scope === undefined || row.scope === scope,
    code === undefined || row.code === code,
    origin === undefined || row.origin === origin,
    identity === undefined || row.identity === identity,
    batchId === undefined || row.batchId === batchId,
  ].every(Boolean);
}

function counted(rows: readonly RejectRow[]): readonly RejectCount[] {
  const counts = new Map<string, RejectCount>();
  for (const { sync, scope, origin, code, operation } of rows) {
    const key = keyOf(sync, scope, origin, code, operation);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { sync, scope, origin, code, operation, count });
  }
  const cause = ({ sync, scope, origin, code, operation }: RejectCount) => [
    ...[sync, scope, origin, code, operation],
  ];
  return [...counts.values()].sort((a, b) => compareTexts(cause(a), cause(b)));
}
