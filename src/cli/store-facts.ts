import type { Fault, StoreFacts } from "../doctor/facts.js";
import type { Result } from "../core/result.js";
import { needsPerson } from "../report/next-steps.js";
import type { Store } from "../store/store.js";
import type { RegisteredTarget } from "../store/target-registry.js";
import type { Io } from "./io.js";
import { nameOf, readStore, type StorePlace } from "./open-store.js";
import { openBatches, readStatus } from "./read-status.js";

/** How a store is, and which audiences it knows. */
export interface StoreReading {
  readonly facts: StoreFacts;
  readonly targets: readonly RegisteredTarget[];
}

/** Looks at a store, and changes nothing in it. */
export async function readStoreFacts(
  place: Result<StorePlace, Fault>,
  io: Io,
): Promise<StoreReading> {
  if (!place.ok) return nothing({ kind: "unusable", name: "the store", fault: place.error });
  const name = nameOf(place.value);
  const opened = await readStore(place.value);
  if (!opened.ok) return nothing({ kind: "unusable", name, fault: opened.error });
  if (opened.value === undefined) return nothing({ kind: "none", name });
  try {
    return await readOpen(opened.value, place.value, io);
  } finally {
    await opened.value.close();
  }
}

function nothing(facts: StoreFacts): StoreReading {
  return { facts, targets: [] };
}

async function readOpen(store: Store, place: StorePlace, io: Io): Promise<StoreReading> {
  const status = await readStatus(store, io.clock());
  // Where several may look at a store at once, a run that has not ended may well go on.
  const ended = status.latest.filter((run) => run.status !== undefined);
  const unended = status.latest.filter((run) => run.status === undefined);
  return {
    facts: {
      kind: "open",
      name: nameOf(place),
      bytes: place.kind === "file" ? await io.fileSize(place.file) : undefined,
      openRequests: (await openBatches(store)).length,
      unended: unended.map(({ sync, holder, startedAt }) => ({ sync, holder, startedAt })),
      needsPerson: needsPerson({ ...status, latest: ended }),
    },
    targets: await store.targets.list(),
  };
}
