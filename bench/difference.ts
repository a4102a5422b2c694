/**
 * The difference of so many members of whom one in a hundred changed, next to a plain join of the same
 * ids in the same engine: `npx tsx bench/difference.ts 1000000`.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Change, Difference, WantedMember } from "../src/store/members.js";
import { openDuckdbStore } from "../src/store/duckdb/open-store.js";
import type { Store } from "../src/store/store.js";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const PAGE = 10_000;
const SYNC = "vip_customers";
const AUDIENCE = { target: "vip", audienceId: "7001", trustedSince: 0 };

function digest(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** One in a hundred has another e-mail address in the second version. */
function wanted(number: number, version: number): WantedMember {
  const who = String(number);
  const email = number % 100 === 0 ? `${who}v${String(version)}` : who;
  const cells = JSON.stringify([
    `${digest(email)}${digest(email)}`,
    `${digest(who)}${digest(who)}`,
  ]);
  const rowId = digest(`row ${who} ${email}`);
  const row = {
    rowId,
    itemId: digest(`item ${rowId}`),
    contentDigest: digest(`content ${rowId}`),
    keys: [digest(`email ${email}`), digest(`phone ${who}`)],
    cells,
    attributes: "[]",
    attributesDigest: digest("attributes"),
  };
  return { target: "vip", member: digest(`member ${who}`), identity: `id=${who}`, rows: [row] };
}

const took = new Map<string, number>();

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await work();
  took.set(name, (took.get(name) ?? 0) + performance.now() - from);
  return result;
}

function say(text: string): void {
  const [, peak = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  process.stdout.write(`${text} (peak ${String(Math.round(Number(peak) / 1_000))} MB)\n`);
}

async function differenceOf(store: Store, version: number): Promise<Difference> {
  const staging = await store.members.stage();
  for (let from = 0; from < COUNT; from += PAGE) {
    const size = Math.min(PAGE, COUNT - from);
    const some = Array.from({ length: size }, (_, at) => wanted(from + at, version));
    await timed(`stage ${String(version)}`, () => staging.add(some));
  }
  await timed(`repeated ${String(version)}`, () => staging.repeated());
  const found = await timed(`compare ${String(version)}`, () =>
    staging.compare({ sync: SYNC, audiences: [AUDIENCE], removes: true }),
  );
  return found;
}

/** Pages through the changes, and sends each page as a batch that succeeds. */
async function send(
  store: Store,
  runId: number,
  found: Difference,
  version: number,
): Promise<void> {
  const name = (step: string) => `${step} ${String(version)}`;
  let after = -1;
  for (let position = 0; ; position += 1) {
    const page = await timed(name("page"), () => found.changes("vip", after, PAGE));
    const operation = page[0]?.operation;
    if (operation === undefined) return;
    const some = page.filter((change: Change) => change.operation === operation);
    const [first, last] = [some[0]?.place ?? 0, some.at(-1)?.place ?? 0];
    const batchId = `${String(runId)}-${String(position)}`;
    const batch = {
      batchId,
      runId,
      parent: undefined,
      position,
      operation,
      target: "vip",
    } as const;
    const counts = { records: some.length, itemCount: some.length, items: [] };
    const surface = "custom_audiences";
    await timed(name("plan"), () =>
      store.ledger.plan({
        ...batch,
        ...counts,
        surface,
        path: "/users",
        fingerprint: "f",
        changes: [{ first, last }],
      }),
    );
    const sent = { batchId, attempt: 1, at: Date.now() };
    await timed(name("sending"), () => store.ledger.sending({ ...sent, deadline: sent.at }));
    const evidence = {
      outcome: "succeeded",
      surface,
      target: "vip",
      batchFingerprint: "f",
      recordCount: some.length,
      itemCount: some.length,
      confirmed: some.length,
      rejected: 0,
      summary: "Meta took it.",
    } as const;
    await timed(name("settle and fold"), () =>
      store.ledger.settle({ ...sent, state: "succeeded", evidence, rejects: [] }),
    );
    after = last;
  }
}

async function run(store: Store, version: number): Promise<void> {
  const startedAt = Date.now();
  const started = await store.runs.start({
    sync: SYNC,
    surface: "custom_audiences",
    startedAt,
    holder: "bench",
  });
  if (!started.ok) throw new Error("the sync is taken");
  const { runId } = started.value;
  const found = await differenceOf(store, version);
  say(JSON.stringify(found.audiences[0]));
  await timed(`begin ${String(version)}`, () => found.begin(runId, ["vip"]));
  say(`begun ${String(version)}`);
  await send(store, runId, found, version);
  await timed(`end ${String(version)}`, () => store.runs.end(runId, "succeeded", startedAt, "{}"));
  say(`ended ${String(version)}`);
}

/** The least that any difference costs: what is wanted and not held, by ids alone. */
async function plainJoin(file: string): Promise<number> {
  const settings = { threads: "2", memory_limit: "1GB", preserve_insertion_order: "false" };
  const instance = await DuckDBInstance.create(file, settings);
  const connection = await instance.connect();
  await connection.run("CREATE TEMP TABLE other AS SELECT row_id, confirmed_at FROM members");
  const from = performance.now();
  await connection.run(
    `CREATE TEMP TABLE difference AS SELECT o.row_id FROM other o
      FULL JOIN members m ON m.row_id = o.row_id WHERE m.row_id IS NULL OR o.row_id IS NULL`,
  );
  const ms = performance.now() - from;
  connection.closeSync();
  instance.closeSync();
  return ms;
}

const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-bench-"));
try {
  const file = path.join(folder, "state.duckdb");
  const opened = await openDuckdbStore({ file, origin: "graph", createSalt: () => "salt" });
  if (!opened.ok) throw new Error(opened.error.message);
  await run(opened.value, 1);
  await run(opened.value, 2);
  await opened.value.close();
  for (const [name, ms] of took) say(`${name}: ${String(Math.round(ms))} ms`);
  const join = await plainJoin(file);
  const compared = took.get("compare 2") ?? 0;
  say(`plain join: ${String(Math.round(join))} ms; ratio ${(compared / join).toFixed(1)}`);
  say(`file: ${String(Math.round((await stat(file)).size / 1e6))} MB`);
} finally {
  await rm(folder, { recursive: true });
}
