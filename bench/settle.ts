/**
 * Settling the same changes in a small store and in a large one: the answers of their requests, and the end
 * of the run. What has settled goes in among the held rows as the next run starts, which is told as well:
 * `npm run bench:settle -- 1000000 10000000`.
 */
import type { Change, Difference } from "../src/store/members.js";
import type { Store } from "../src/store/store.js";
import { AUDIENCE, openBenchStore, stagePeople, SYNC, withHeldStore } from "./bench-store.js";
import { TARGET } from "./people.js";
import { Stopwatch, type Took } from "./stopwatch.js";

/** Each is a removal and an addition. */
const PEOPLE_CHANGED = 50_000;

/** People in a store that is settled first, and not measured. */
const WARMING = 100_000;

/** What Meta takes in one request. */
const REQUEST = 10_000;

interface Settled extends Took {
  readonly changes: number;
}

/** Makes the changes of a store a run's, and settles them, each request as it succeeded. */
async function settleIn(file: string, count: number): Promise<Settled> {
  const watch = new Stopwatch();
  const { store } = await openBenchStore(file);
  const staging = await stagePeople(store, { count, every: count / PEOPLE_CHANGED }, watch);
  const found = await watch.time("compare", () =>
    staging.compare({ sync: SYNC, audiences: [AUDIENCE], removes: true }),
  );
  const runId = await startRun(store);
  await watch.time("begin", () => found.begin(runId, [TARGET]));
  const changes = await sendAll(store, { runId, found, watch });
  await staging.close();
  await watch.time("settle", () => store.runs.end(runId, "succeeded", Date.now(), "{}"));
  await watch.time("start of the next run", () => startRun(store));
  await watch.time("close", () => store.close());
  say(`${count.toLocaleString("en")} people, ${changes.toLocaleString("en")} changes`);
  for (const line of watch.lines()) say(line);
  return { ...watch.took("settle"), changes };
}

async function startRun({ runs }: Store): Promise<number> {
  const startedAt = Date.now();
  const surface = "custom_audiences";
  const started = await runs.start({ sync: SYNC, surface, startedAt, holder: "bench" });
  if (!started.ok) throw new Error("the sync is taken");
  return started.value.runId;
}

interface Sending {
  readonly runId: number;
  readonly found: Difference;
  readonly watch: Stopwatch;
}

/** Sends all changes, removals before additions; gives how many they are. */
async function sendAll(store: Store, { runId, found, watch }: Sending): Promise<number> {
  let after = -1;
  for (let position = 0; ; position += 1) {
    const page = await watch.time("read the changes", () => found.changes(TARGET, after, REQUEST));
    const operation = page[0]?.operation;
    if (operation === undefined) return after + 1;
    const request = page.filter((change) => change.operation === operation);
    await send({ store, runId, position, operation, request, watch });
    after = request.at(-1)?.place ?? after;
  }
}

interface Request extends Omit<Sending, "found"> {
  readonly store: Store;
  readonly position: number;
  readonly operation: Change["operation"];
  readonly request: readonly Change[];
}

async function send({ store, runId, position, operation, request, watch }: Request): Promise<void> {
  const batchId = `${String(runId)}-${String(position)}`;
  const [surface, fingerprint] = ["custom_audiences", "f"] as const;
  const [records, at] = [request.length, Date.now()];
  const changes = [{ first: request[0]?.place ?? 0, last: request.at(-1)?.place ?? 0 }];
  const lane = { position, operation, target: TARGET, path: "/users", surface, fingerprint };
  const counts = { records, itemCount: records, items: [], changes };
  await watch.time("plan", () =>
    store.ledger.plan({ batchId, runId, parent: undefined, ...lane, ...counts }),
  );
  const sent = { batchId, attempt: 1, at };
  await watch.time("send", () => store.ledger.sending({ ...sent, deadline: at }));
  const evidence = {
    outcome: "succeeded",
    ...{ surface, target: TARGET, batchFingerprint: fingerprint },
    ...{ recordCount: records, itemCount: records, confirmed: records, rejected: 0 },
    summary: "Meta took it.",
  } as const;
  await watch.time("settle", () =>
    store.ledger.settle({ ...sent, state: "succeeded", evidence, rejects: [] }),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const [small = 1_000_000, large = 10_000_000] = process.argv.slice(2).map(Number);
say("To warm the machine up:");
await withHeldStore(WARMING, (file) => settleIn(file, WARMING));
const inSmall = await withHeldStore(small, (file) => settleIn(file, small));
const inLarge = await withHeldStore(large, (file) => settleIn(file, large));
const wall = (inLarge.wall / inSmall.wall).toFixed(2);
const cpu = (inLarge.cpu / inSmall.cpu).toFixed(2);
say(`settling in the large store / in the small one: ${wall} (by processors ${cpu})`);
