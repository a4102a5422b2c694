/**
 * A process that delivers events and ends at a given instant, by SIGKILL. It prints what it does, a
 * line each, before it does it: `at <transaction> <index>`, `request <batch> <pixel> <event ids>`,
 * `answer <batch>`.
 */
import { writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { DuckDBConnection } from "@duckdb/node-api";
import { redirectTransport } from "../../dist/emulator/transport.js";
import { loadDestination } from "../../dist/index.js";
import { openDuckdbStore } from "../../dist/store/duckdb/open-store.js";

/** See `Job` in `delivery.ts`. */
const job = JSON.parse(process.argv[2] ?? "{}");
const reached = new Map();

/** Ends the process when this is the instant that was asked for. */
function pass(instant) {
  const times = (reached.get(instant) ?? 0) + 1;
  reached.set(instant, times);
  if (instant === job.killAt?.instant && times === job.killAt.nth)
    process.kill(process.pid, "SIGKILL");
}

/** Synchronous, so that a line which was printed outlives the process. */
function print(...words) {
  writeSync(1, `${words.join(" ")}\n`);
}

let transaction = "";

function onStatement(name, index) {
  transaction = name;
  print("at", name.replaceAll(" ", "-"), index);
  pass(`${name} ${index}`);
}

// The store observes its statements; where a transaction becomes durable is between them.
const { run } = DuckDBConnection.prototype;
DuckDBConnection.prototype.run = async function runObserved(sql, ...more) {
  if (sql === "COMMIT") pass(`${transaction} commit`);
  const result = await run.call(this, sql, ...more);
  if (sql === "COMMIT") pass(`${transaction} committed`);
  return result;
};

function die(fault) {
  writeSync(2, `${JSON.stringify(fault)}\n`);
  process.exit(1);
}

const transport = redirectTransport(job.url);
const opened = await openDuckdbStore({
  file: job.file,
  origin: job.origin,
  createSalt: () => randomBytes(16).toString("hex"),
  onStatement,
  ...(job.migrations === undefined ? {} : { migrations: job.migrations }),
});
if (!opened.ok) die(opened.error);
if (!transport.ok) die(transport.error);

/** The batch that each pixel's lane is about to send: a lane has one under way. */
const sending = new Map();
const pixels = new Map();
const store = opened.value;
const ledger = {
  ...store.ledger,
  plan: async (batch) => {
    pixels.set(batch.batchId, batch.target);
    await store.ledger.plan(batch);
  },
  sending: async (attempt) => {
    await store.ledger.sending(attempt);
    sending.set(pixels.get(attempt.batchId), attempt.batchId);
  },
};

async function send(request) {
  const pixel = new URL(request.url).pathname.split("/")[2];
  const batch = sending.get(pixel);
  const { data } = await request.clone().json();
  pass("request");
  print("request", batch, pixel, data.map((event) => event.event_id).join(","));
  const response = await transport.value(request);
  // Whole: then the emulator has surely taken it.
  const body = await response.arrayBuffer();
  print("answer", batch);
  pass("answer");
  return new Response(body, response);
}

const names = Object.keys(job.pixels);
const seconds = Math.floor(job.now / 1000) - 3600;

function* records() {
  for (let index = 0; index < job.events; index += 1)
    for (const name of names)
      yield {
        event_name: name,
        occurred_at: seconds,
        key: { event_id: `${name}-${index}` },
        identifiers: [{ type: "email", value: `person-${index}@example.test` }],
        payload: { value: 5, currency: "EUR" },
      };
}

const destination = await loadDestination("retl/meta", {
  mapping: "events",
  config: { adAccountId: "1", actionSource: "website", eventRoutes: job.pixels },
  credentials: { accessToken: () => "emulator" },
  maxBodyBytes: job.maxBodyBytes,
  store: { ...store, ledger },
  clock: () => job.now,
  transport: send,
  env: {},
});
const result = await destination.deliver(records());
await store.close();
if (result.status !== "succeeded") die(result);
