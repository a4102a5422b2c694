/** What our planner takes, next to Meta's library and to hashing alone. */
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startLoopback } from "./delivery.js";
import { customersSync, writeCustomers, writeCustomersAsParquet, writeEvents } from "./files.js";
import { hashAll } from "./floor.js";
import { sdkBytes, sdkFileBytes } from "./meta-sdk.js";
import { planFile, planRecords, recordsOf, setUp } from "./ours.js";
import { audienceRecord2, audienceRecord8, eventRecord } from "./records.js";
import { incomingRecords } from "../../src/sync/record-input.js";
import { inTurns, spreadOf, type Spread, type Work } from "./spread.js";

/** How much is measured. */
export interface Extent {
  readonly rows: number;
  readonly rounds: number;
}

/** A figure of each round: one time divided by another. */
type Figure = (round: ReadonlyMap<string, number>) => number;

interface Comparison {
  /** Ends what the works needed. */
  readonly close?: () => void;
  readonly works: Readonly<Record<string, Work>>;
  readonly figures: Readonly<Record<string, Figure>>;
}

/** Makes what is compared, from so many rows; files go into the folder. */
type Comparing = (rows: number, folder: string) => Promise<Comparison>;

/** What is compared, in the order in which it is told. */
const COMPARISONS: Readonly<Record<string, Comparing>> = {
  events,
  audience2,
  audience8,
  ndjsonEvents,
  csvAudience,
  parquetAudience,
  ajv,
  delivery,
};

const PROGRAM = fileURLToPath(new URL("compare.js", import.meta.url));

/**
 * All ratios. Each comparison has a process of its own, as each sync of a user has: what the engine learns
 * of one work, and the records that it holds, would slow down the others.
 */
export async function measureRatios(
  folder: string,
  { rows, rounds }: Extent,
): Promise<Readonly<Record<string, Spread>>> {
  const spreads: Record<string, Spread> = {};
  for (const name of Object.keys(COMPARISONS)) {
    const args = [PROGRAM, name, String(rows), String(rounds), folder];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    Object.assign(spreads, JSON.parse(stdout));
  }
  return spreads;
}

/** The ratios of one comparison, in this process. */
export async function measureComparison(
  name: string,
  { rows, rounds }: Extent,
  folder: string,
): Promise<Readonly<Record<string, Spread>>> {
  const comparing = COMPARISONS[name];
  if (comparing === undefined) throw new Error(`there is no comparison ${name}`);
  const { works, figures, close } = await comparing(rows, folder);
  try {
    const taken = await inTurns(works, { rounds, warming: Math.ceil(WARMING_ROWS / rows) });
    return Object.fromEntries(
      Object.entries(figures).map(([figure, of]) => [figure, spreadOf(taken.map(of))]),
    );
  } finally {
    close?.();
  }
}

/** The engine learns for about so many rows what is hot; a run of millions is faster from there on. */
const WARMING_ROWS = 200_000;

/** How many times the time of `below` is that of `above`. */
function times(above: string, below: string): Figure {
  return (round) => (round.get(above) ?? NaN) / (round.get(below) ?? NaN);
}

async function events(rows: number): Promise<Comparison> {
  const setup = await setUp("events");
  const records = Array.from({ length: rows }, (_, index) => eventRecord(index));
  const texts = textsOf(records);
  return {
    works: {
      ours: () => planRecords(setup, incomingRecords(records)),
      sdk: () => sdkBytes(records),
      floor: () => hashAll(texts),
    },
    figures: { events_vs_sdk: times("sdk", "ours"), events_vs_floor: times("ours", "floor") },
  };
}

function audience2(rows: number): Promise<Comparison> {
  return audience("custom_audiences", audienceRecord2, rows, "audience2_vs_floor");
}

function audience8(rows: number): Promise<Comparison> {
  return audience("custom_audiences.meta", audienceRecord8, rows, "audience8_vs_floor");
}

async function audience(
  mapping: string,
  record: typeof audienceRecord2,
  rows: number,
  figure: string,
): Promise<Comparison> {
  const setup = await setUp(mapping);
  const records = Array.from({ length: rows }, (_, index) => record(index));
  const texts = textsOf(records);
  return {
    works: {
      ours: () => planRecords(setup, incomingRecords(records)),
      floor: () => hashAll(texts),
    },
    figures: { [figure]: times("ours", "floor") },
  };
}

async function ndjsonEvents(rows: number, folder: string): Promise<Comparison> {
  const setup = await setUp("events");
  const file = await writeEvents(path.join(folder, "events.ndjson"), rows);
  return {
    works: { ours: () => planRecords(setup, recordsOf(file)), sdk: () => sdkFileBytes(file) },
    figures: { ndjson_events_vs_sdk: times("sdk", "ours") },
  };
}

async function csvAudience(rows: number, folder: string): Promise<Comparison> {
  const file = await writeCustomers(path.join(folder, "customers.csv"), rows);
  return fileAudience(file, rows, "csv_audience_vs_floor");
}

async function parquetAudience(rows: number, folder: string): Promise<Comparison> {
  const file = await writeCustomersAsParquet(path.join(folder, "customers.parquet"), rows);
  return fileAudience(file, rows, "parquet_audience_vs_floor");
}

async function fileAudience(file: string, rows: number, figure: string): Promise<Comparison> {
  const setup = await setUp("custom_audiences");
  const texts = textsOf(Array.from({ length: rows }, (_, index) => audienceRecord2(index)));
  return {
    works: {
      ours: () => planFile(setup, customersSync(file), path.dirname(file)),
      floor: () => hashAll(texts),
    },
    figures: { [figure]: times("ours", "floor") },
  };
}

/** What it takes to deliver events to an emulator over HTTP and to keep what became of them, next to planning them. */
async function delivery(rows: number): Promise<Comparison> {
  const setup = await setUp("events");
  // The emulator keeps all that it ever got.
  const records = Array.from({ length: rows / 2 }, (_, index) => eventRecord(index));
  const loopback = await startLoopback();
  return {
    works: {
      delivered: () => loopback.deliver(records),
      planned: () => planRecords(setup, incomingRecords(records)),
    },
    figures: { delivery_vs_planning: times("delivered", "planned") },
    close: () => {
      loopback.stop();
    },
  };
}

/** The share of the time that holding whole bodies against the spec takes, where it is done. */
async function ajv(rows: number): Promise<Comparison> {
  const setup = await setUp("events");
  const records = Array.from({ length: rows }, (_, index) => eventRecord(index));
  return {
    works: {
      off: () => planRecords(setup, incomingRecords(records)),
      on: () => planRecords(setup, incomingRecords(records), { verify: true }),
    },
    figures: { ajv_share: (round) => 1 - times("off", "on")(round) },
  };
}

function textsOf(
  records: readonly { readonly identifiers: readonly { readonly value: string }[] }[],
): readonly string[] {
  return records.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
}
