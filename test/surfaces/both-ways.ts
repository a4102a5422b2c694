/** Renders rows straight away and the plain way, and holds the one to the other byte for byte. */
import { expect } from "vitest";
import type { JsonPage } from "../../src/core/json-page.js";
import { sharedPage } from "../../src/core/shared-page.js";
import { cleanJson, type Json, type JsonObject } from "../../src/core/json.js";
import type { ContractRecord, DecodedRecord } from "../../src/core/record.js";
import { ok } from "../../src/core/result.js";
import { textOf } from "../../src/core/written.js";
import { compile } from "../../src/mapping/compile.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally, isEmptyTally, type Tally } from "../../src/mapping/scope.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import type { Entry, Renderer, Rendering } from "../../src/surfaces/entry.js";
import type { EventOptions } from "../../src/surfaces/event-options.js";
import { eventRenderer } from "../../src/surfaces/events.js";
import { ordinaryEvents } from "../../src/surfaces/ordinary-events.js";
import { ordinaryRows } from "../../src/surfaces/ordinary-rows.js";
import { decodeRecord } from "../../src/surfaces/record-rows.js";
import type { Rows } from "../../src/surfaces/rows.js";
import { columnRows, columnShape, FILLED_ROW } from "../mapping/column-rows.js";

/** Takes whatever may be sent. */
export const OPTIONS: EventOptions = {
  pixelId: "456",
  routes: new Map([["Lead", "457"]]),
  onPersonalData: "drop",
  now: undefined,
  maxAgeSeconds: undefined,
  firstStart: undefined,
  horizon: undefined,
};

/** The page of this process. */
export function page(): JsonPage {
  const shared = sharedPage();
  if (shared === undefined) throw new TypeError("no WebAssembly here");
  return shared;
}

/** Renders a row in one way or another; `undefined` of one that is not ordinary. */
export interface Ways<B> {
  readonly plain: Renderer<B>;
  /** What the plain way counted. */
  readonly counted: Tally;
  readonly quick: (batch: B, index: number) => Entry | undefined;
  /** The quick way where it goes, else the plain one. */
  readonly both: Renderer<B>;
  readonly bothCounted: Tally;
}

/** Compiles a mapping for both ways. */
export function waysOf<B>(
  mapping: CheckedMapping,
  rows: Rows<B>,
  options = OPTIONS,
  config: Readonly<Record<string, string>> = {},
): Ways<B> {
  const compiled = compile(mapping, rows.shape, new Map(Object.entries(config)));
  const [counted, bothCounted] = [emptyTally(), emptyTally()];
  const envelopeOf = (batch: B, index: number) => {
    const envelope = rows.envelope(batch, index);
    return envelope.ok ? envelope.value : undefined;
  };
  if (compiled.surface === "events") {
    const ordinary = ordinaryEvents(compiled, page())(options);
    return {
      plain: eventRenderer(rows, compiled, options, counted),
      counted,
      quick: (batch, index) => {
        const envelope = envelopeOf(batch, index);
        return envelope && ordinary(envelope.identity, batch, index);
      },
      both: eventRenderer(rows, compiled, options, bothCounted, ordinary),
      bothCounted,
    };
  }
  const ordinary = ordinaryRows(compiled, page())();
  return {
    plain: audienceRenderer(rows, compiled, counted),
    counted,
    quick: (batch, index) => {
      const envelope = envelopeOf(batch, index);
      return envelope && ordinary(envelope, batch, index);
    },
    both: audienceRenderer(rows, compiled, bothCounted, ordinary),
    bothCounted,
  };
}

/** Contract records as rows. */
export const RECORDS: Rows<readonly DecodedRecord[]> = {
  shape: RECORD_SHAPE,
  envelope: (batch, index) => {
    const record = batch[index];
    return record?.ok === true ? ok(envelopeOf(record.value)) : (record ?? NO_RECORD);
  },
};

const NO_RECORD = {
  ok: false,
  error: { identity: "#0", code: "invalid_record", field: "", message: "" },
} as const;

function envelopeOf(record: ContractRecord) {
  const { identity, operation } = record;
  const target = record.kind === "event" ? "" : record.target;
  return { identity, operation, target, member: `of ${identity}` };
}

/** A record of the contract, as a row. */
export function decoded(mapping: CheckedMapping, given: JsonObject): DecodedRecord {
  const { surface } = mapping;
  const record = { record_identity: "r-1", operation: "upsert", target: "VIP", ...given };
  const fitting = surface === "events" ? { ...record, operation: "import" } : record;
  return decodeRecord(surface, cleanJson(fitting), 1);
}

/** What the rows of a batch are, told by how they were rendered. */
export interface Compared {
  readonly ordinary: number;
  readonly rows: number;
}

/** Holds the quick way to the plain one over some records, as records and as columns. */
export function compareRecords(
  mapping: CheckedMapping,
  records: readonly JsonObject[],
  options = OPTIONS,
  config: Readonly<Record<string, string>> = {},
): Compared {
  const batch = records.map((given) => decoded(mapping, given)).filter(({ ok: isRead }) => isRead);
  const ways = waysOf(mapping, RECORDS, options, config);
  let ordinary = 0;
  for (const [index, record] of batch.entries()) {
    const is = compareRow(ways, batch, index);
    if (!record.ok) continue;
    const columns = columnRows(record);
    const { value } = record;
    const rows = { shape: columnShape(columns), envelope: () => ok(envelopeOf(value)) };
    const asColumns = compareRow(waysOf(mapping, rows, options, config), columns, FILLED_ROW);
    if (is) ordinary += 1;
    if (asColumns) ordinary += 1;
  }
  return { ordinary, rows: batch.length * 2 };
}

/** Whether the row is ordinary; that it is the same then, and leaves no trace where it is not. */
export function compareRow<B>(ways: Ways<B>, batch: B, index: number): boolean {
  const before = told(ways.counted);
  const quick = ways.quick(batch, index);
  const plain = ways.plain(batch, index);
  expect(toldRendering(ways.both(batch, index))).toEqual(toldRendering(plain));
  expect(told(ways.bothCounted)).toEqual(told(ways.counted));
  if (quick === undefined) return false;
  expect(toldEntry(quick)).toEqual(plain.kind === "entry" ? toldEntry(plain.entry) : plain);
  expect(told(ways.counted)).toEqual(before);
  return true;
}

/** All that an entry says, and nothing of how it is held. */
export function toldEntry(entry: Entry): unknown {
  const { surface, identity, operation, target, items } = entry;
  const parts = { surface, identity, operation, target, items };
  if (entry.surface === "events") return { ...parts, head: entry.head, json: textOf(entry.json) };
  const { member, columns, rows, json } = entry;
  const text = json ?? undefined;
  const written: readonly Json[] = columns.map((at) => rows[0]?.[at] ?? null);
  if (text !== undefined) expect(textOf(text)).toBe(JSON.stringify(written));
  // As JSON has them: -0 is 0 there.
  return { ...parts, member, columns, rows: JSON.stringify(rows) };
}

function toldRendering(rendering: Rendering): unknown {
  return rendering.kind === "entry" || rendering.kind === "too_late"
    ? { ...rendering, entry: toldEntry(rendering.entry) }
    : rendering;
}

function told(tally: Tally): unknown {
  if (isEmptyTally(tally)) return "nothing";
  return Object.entries(tally).map(([name, counts]) => [name, plainly(counts)]);
}

function plainly(counts: unknown): unknown {
  return counts instanceof Map
    ? [...counts].map(([name, inner]: [unknown, unknown]) => [name, plainly(inner)])
    : counts;
}
