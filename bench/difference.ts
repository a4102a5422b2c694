/**
 * The difference of people of whom one in a hundred changed, next to a plain join of the same two tables
 * in the same engine: `npm run bench:difference -- 10000000`.
 */
import type { Difference } from "../src/store/members.js";
import { AUDIENCE, openBenchStore, stagePeople, SYNC, withHeldStore } from "./bench-store.js";
import { TARGET } from "./people.js";
import { peakMegabytes, Stopwatch, type Took } from "./stopwatch.js";

/** What is in both tables, and what in either alone. */
const PLAIN_JOIN = `
  SELECT count(*) FILTER (WHERE s.row_id IS NOT NULL AND m.row_id IS NOT NULL) AS in_both,
    count(*) FILTER (WHERE m.row_id IS NULL) AS only_wanted,
    count(*) FILTER (WHERE s.row_id IS NULL) AS only_held
  FROM staged_rows s FULL JOIN members m ON m.row_id = s.row_id`;

/** The same join, which hands over what a difference is made of: the texts of what is in either alone. */
const JOIN_WITH_TEXTS = `
  SELECT count(*), sum(length(s.cells)) + sum(length(s.identity)) AS wanted,
    sum(length(m.cells)) + sum(length(m.identity)) AS held
  FROM staged_rows s FULL JOIN members m ON m.row_id = s.row_id
  WHERE s.row_id IS NULL OR m.row_id IS NULL`;

/** The joins that a comparison is held against; the one before them only warms the machine up. */
const JOINS = ["plain join 1", "plain join 2", "plain join 3"] as const;

async function measure(file: string, count: number): Promise<void> {
  const watch = new Stopwatch();
  const { store, database } = await openBenchStore(file);
  const join = (name: string, sql = PLAIN_JOIN) =>
    watch.time(name, () => database.read("join", (transaction) => transaction.rows(sql)));
  const staging = await stagePeople(store, { count, every: 100 }, watch);
  await watch.time("look for repeated people", () => staging.repeated());
  await join("plain join, cold");
  await join(JOINS[0]);
  const found = await watch.time("compare", () =>
    staging.compare({ sync: SYNC, audiences: [AUDIENCE], removes: true }),
  );
  await join(JOINS[1]);
  await join(JOINS[2]);
  const compared = peakMegabytes();
  const changes = await readChanges(found, watch);
  const read = peakMegabytes();
  // Behind all that a run does: it takes more memory than that.
  await join("join with texts", JOIN_WITH_TEXTS);
  await staging.close();
  await store.close();
  say(`${count.toLocaleString("en")} people, ${changes.toLocaleString("en")} changes`);
  for (const line of watch.lines()) say(line);
  // What is sent is looked up when it is first asked for, and told apart: a run needs both.
  for (const steps of [["compare"], ["compare", "read the changes"]]) {
    sayTimes(watch, steps, "plain join", JOINS);
    sayTimes(watch, steps, "join with texts", ["join with texts"]);
  }
  say(`peak resident: ${megabytes(compared)}, once the changes are read ${megabytes(read)}`);
}

/** Says how many times the least of some joins these steps took together. */
function sayTimes(
  watch: Stopwatch,
  steps: readonly string[],
  join: string,
  names: readonly string[],
): void {
  const times = (of: (took: Took) => number) => {
    const took = steps.reduce((sum, step) => sum + of(watch.took(step)), 0);
    return (took / Math.min(...names.map((name) => of(watch.took(name))))).toFixed(2);
  };
  const [wall, cpu] = [times(({ wall }) => wall), times(({ cpu }) => cpu)];
  say(`${steps.join(" + ")} / ${join}: ${wall} (by processors ${cpu})`);
}

/** Reads all changes as a run does; gives how many there are. */
async function readChanges(found: Difference, watch: Stopwatch): Promise<number> {
  for (let after = -1; ;) {
    const page = await watch.time("read the changes", () => found.changes(TARGET, after, 10_000));
    const last = page.at(-1);
    if (last === undefined) return after + 1;
    after = last.place;
  }
}

function megabytes(count: number): string {
  return `${count.toLocaleString("en")} MB`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const count = Number(process.argv[2] ?? 1_000_000);
await withHeldStore(count, (file) => measure(file, count));
