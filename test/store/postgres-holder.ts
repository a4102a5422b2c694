/** A process that runs a sync: it opens a store, starts a run, sends a batch, and does what it is told. */
import { createInterface } from "node:readline";
import { openPostgresStore } from "../../src/store/postgres/open-store.js";
import { StoreFailure } from "../../src/store/store-fault.js";
import { batch, go, item, newRun } from "./rows.js";

const [url = "", schema = "", sync = ""] = process.argv.slice(2);
const opened = await openPostgresStore({
  url,
  name: "env:STORE",
  schema,
  createSalt: () => "salt",
});
if (!opened.ok) throw new Error(opened.error.message);
const { runs, ledger } = opened.value;
const holder = `process ${String(process.pid)}`;
const started = await runs.start({ ...newRun(Date.now(), sync), holder });
if (!started.ok) say("taken", started.error.holder);
else {
  const { runId } = started.value;
  await go(opened.value, batch(runId, 0, { items: [item(1)] }), { state: "sending" });
  say("sending", String(runId));
  let place = 0;
  for await (const word of createInterface({ input: process.stdin })) {
    place += 1;
    if (word === "plan") await ledger.plan(batch(runId, place)).then(() => say("planned"), refused);
    if (word === "end") await runs.end(runId, "succeeded", Date.now(), "{}").then(gone, refused);
  }
}

function say(...words: readonly string[]): void {
  process.stdout.write(`${words.join(" ")}\n`);
}

function gone(): void {
  say("ended");
}

function refused(error: unknown): void {
  say("refused", error instanceof StoreFailure ? error.fault.code : String(error));
}
