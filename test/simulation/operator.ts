/** What a person decides between two runs. */
import { eventsToFold } from "../../src/store/memory/fold.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { BatchRow, EventRow, MemoryTables } from "../../src/store/memory/tables.js";
import { ACCOUNT } from "./schedule.js";
import type { World } from "./world.js";

/** Batches that leave something to decide. */
const UNDECIDED: ReadonlySet<BatchRow["state"]> = new Set([
  "unknown",
  "failed",
  "rejected",
  "split",
  "skipped",
]);

/** What a decision did, by the store. */
export interface Decision {
  readonly text: string;
  /** Events that count as never sent from now on. */
  readonly forgotten: readonly EventRow[];
  /** Events that were given up. */
  readonly givenUp: readonly EventRow[];
  /** Records whose refusal counts no more. */
  readonly pardoned: readonly string[];
  /** Lanes of audiences whose earlier requests do not count, or count without having been made. */
  readonly lanes: readonly string[];
}

/** Makes one decision. */
export async function decide(world: World): Promise<void> {
  const { chance, tables, emit } = world;
  const before = { events: eventsOf(tables), rejects: new Map(tables.rejects) };
  const { text, lanes } = await chance.pick([decideBatch, pardonAll, distrust, forget])(world);
  const after = eventsOf(tables);
  const pardoned = [...before.rejects].filter(([key]) => !tables.rejects.has(key));
  emit({
    kind: "decided",
    decision: {
      text,
      lanes,
      forgotten: [...before.events].flatMap(([key, row]) => (after.has(key) ? [] : [row])),
      givenUp: givenUp(tables, before.rejects),
      pardoned: pardoned.map(([, { identity }]) => identity),
    },
  });
}

/** A process that crashed leaves some that are not in their table yet. */
function eventsOf(tables: MemoryTables): ReadonlyMap<string, EventRow> {
  return new Map([...tables.events, ...eventsToFold(tables)]);
}

type Act = (world: World) => Promise<Pick<Decision, "text" | "lanes">>;

const decideBatch: Act = async ({ chance, tables, time }) => {
  const open = [...tables.batches.values()].filter(({ state }) => UNDECIDED.has(state));
  if (open.length === 0) return { text: "nothing to decide", lanes: [] };
  const { batchId, target } = chance.pick(open);
  const { ledger } = memoryStore(tables);
  const skips = chance.happens(0.5);
  if (skips) await ledger.skip(batchId, time.clock());
  else await ledger.retry(batchId);
  return { text: `${skips ? "skip" : "retry"} ${batchId}`, lanes: [target] };
};

const pardonAll: Act = async ({ tables }) => {
  await memoryStore(tables).rejects.retry({ origin: "meta" });
  return { text: "retry all rejects", lanes: [] };
};

const distrust: Act = async ({ chance, tables, time, schedule }) => {
  const lane = chance.pick(schedule.lanes);
  await memoryStore(tables).targets.distrust(ACCOUNT, lane, time.clock());
  return { text: `distrust ${lane}`, lanes: [lane] };
};

/** The audience is looked up by its name again. */
const forget: Act = async ({ chance, tables, schedule }) => {
  const lane = chance.pick(schedule.lanes);
  await memoryStore(tables).targets.forget(ACCOUNT, lane);
  return { text: `forget ${lane}`, lanes: [lane] };
};

function givenUp(
  { events, rejects }: MemoryTables,
  before: MemoryTables["rejects"],
): readonly EventRow[] {
  const skipped = new Set(
    [...rejects].flatMap(([key, row]) =>
      row.origin === "operator" && before.get(key) !== row ? [row.itemId] : [],
    ),
  );
  return [...events.values()].filter(({ itemId }) => skipped.has(itemId));
}
