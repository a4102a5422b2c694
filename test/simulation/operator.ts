/** What a person decides between two runs. */
import { eventsToFold } from "../../src/store/memory/fold.js";
import type { BatchRow, EventRow, MemoryTables } from "../../src/store/memory/tables.js";
import { ACCOUNT } from "./setting.js";
import type { Stage } from "./stage.js";

/** Batches that leave something to decide. */
const UNDECIDED: ReadonlySet<BatchRow["state"]> = new Set([
  // Of a process that has ended.
  "sending",
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
  /** Lanes of audiences of which more may be sent again than after a crash. */
  readonly lanes: readonly string[];
  /** A batch that was given up. */
  readonly skipped: BatchRow | undefined;
}

/** Makes one decision. */
export async function decide(stage: Stage): Promise<void> {
  const { chance, tables, emit } = stage;
  const before = { events: eventsOf(tables), rejects: new Map(tables.rejects) };
  const { text, lanes, skipped } = await chance.pick([decideBatch, pardonAll, distrust, forget])(
    stage,
  );
  const after = eventsOf(tables);
  const pardoned = [...before.rejects].filter(([key]) => !tables.rejects.has(key));
  emit({
    kind: "decided",
    decision: {
      text,
      lanes,
      skipped,
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

type Act = (stage: Stage) => Promise<Pick<Decision, "text" | "lanes" | "skipped">>;

const decideBatch: Act = async ({ chance, tables, stores, time }) => {
  const open = [...tables.batches.values()].filter(({ state }) => UNDECIDED.has(state));
  if (open.length === 0) return { text: "nothing to decide", lanes: [], skipped: undefined };
  // The newest is what a person looks at first.
  const batch = chance.happens(0.5) ? (open.at(-1) ?? chance.pick(open)) : chance.pick(open);
  const { batchId, target } = batch;
  const { ledger } = stores.open();
  const skips = chance.happens(0.5);
  const effect = await (skips ? ledger.skip(batchId, time.clock()) : ledger.retry(batchId));
  const skipped = skips && effect.kind === "done" ? batch : undefined;
  return { text: `${skips ? "skip" : "retry"} ${batchId}`, lanes: [target], skipped };
};

const pardonAll: Act = async ({ stores }) => {
  await stores.open().rejects.retry({ origin: "meta" });
  return { text: "retry all rejects", lanes: [], skipped: undefined };
};

const distrust: Act = async ({ chance, stores, time, schedule }) => {
  const lane = chance.pick(schedule.lanes);
  await stores.open().targets.distrust(ACCOUNT, lane, time.clock());
  return { text: `distrust ${lane}`, lanes: [lane], skipped: undefined };
};

/** The audience is looked up by its name again. */
const forget: Act = async ({ chance, stores, schedule }) => {
  const lane = chance.pick(schedule.lanes);
  await stores.open().targets.forget(ACCOUNT, lane);
  return { text: `forget ${lane}`, lanes: [lane], skipped: undefined };
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
