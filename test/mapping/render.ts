import { expect } from "vitest";
import { canonicalJson } from "../../src/core/digest.js";
import type { Json, JsonObject } from "../../src/core/json.js";
import type { DecodedRecord } from "../../src/core/record.js";
import { ok } from "../../src/core/result.js";
import { compile, type CompiledMapping } from "../../src/mapping/compile.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally, type Fault, type Scope, type Tally } from "../../src/mapping/scope.js";
import type { Shape } from "../../src/mapping/shape.js";
import { decodeRecord } from "../../src/surfaces/record-rows.js";
import { PlainRendering } from "./plain-rendering.js";
import { columnRows, columnShape, FILLED_ROW } from "./column-rows.js";

/** What a mapping made of one record. */
export interface Rendered {
  /** The event; or a list of values for each column. */
  readonly result: Json | undefined;
  readonly onlyIf: Json | undefined;
  readonly request: JsonObject;
  readonly fault: Fault | undefined;
  readonly dropped: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly suspicious: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly unmapped: Readonly<Record<string, number>>;
}

/** Settings that `config.…` reads. */
export type Config = Readonly<Record<string, string>>;

/** Reads a mapping that must be sound. */
export function sound(text: string): CheckedMapping {
  const { mapping, diagnostics } = readMapping(text, "mapping.yaml");
  expect(diagnostics).toEqual([]);
  if (mapping === undefined) throw new TypeError("a mapping without diagnostics is sound");
  return mapping;
}

/** A mapping for events with these lines below `event:`. */
export function eventMapping(event: string, sections = ""): CheckedMapping {
  return sound(`mapping: 1\nsurface: events\n${dedent(sections)}\nevent:\n${indent(event)}\n`);
}

/** A mapping for audiences with these lines below `schema:`. */
export function audienceMapping(schema: string, sections = ""): CheckedMapping {
  return sound(
    `mapping: 1\nsurface: custom_audiences\n${dedent(sections)}\nschema:\n${indent(schema)}\n`,
  );
}

/**
 * Renders a contract record, and the same record as the columns of a source: both must come out
 * alike.
 */
export function render(mapping: CheckedMapping, given: JsonObject, config: Config = {}): Rendered {
  const record = decodeRecord(
    mapping.surface,
    ok({
      record_identity: "r-1",
      ...(mapping.surface === "events" ? {} : { operation: "upsert", target: "VIP" }),
      ...given,
    }),
    1,
  );
  const fromRecord = renderRow(mapping, RECORD_SHAPE, recordBatch(record), FILLED_ROW, config);
  const rows = columnRows(record);
  const fromColumns = renderRow(mapping, columnShape(rows), rows, FILLED_ROW, config);
  expect(fromColumns).toEqual(fromRecord);
  expectPlain(
    fromRecord,
    new PlainRendering(mapping, record.ok ? record.value : undefined, config),
  );
  return fromRecord;
}

/** What is compiled gives byte for byte what its forms say one by one. */
function expectPlain(rendered: Rendered, plain: PlainRendering): void {
  const { result, onlyIf, fault } = plain;
  const { request } = rendered;
  expect(rendered).toEqual({ result, onlyIf, request, fault, ...counts(plain.tally) });
  expect(canonicalJson(rendered.result ?? null)).toBe(canonicalJson(result ?? null));
}

/** Renders what stands below `event:` for a payload. */
export function eventOf(event: string, given: JsonObject = {}, config: Config = {}): Json {
  const { result, fault } = render(eventMapping(event), given, config);
  expect(fault).toBeUndefined();
  return result ?? {};
}

/** The fault that these lines below `event:` meet. */
export function faultOf(event: string, given: JsonObject): Fault | undefined {
  return render(eventMapping(event), given).fault;
}

/** Renders what stands below `schema:`: every column's values by its name. */
export function columnsOf(schema: string, given: JsonObject = {}, config: Config = {}): Json {
  const { result, fault } = render(audienceMapping(schema), given, config);
  expect(fault).toBeUndefined();
  return result ?? {};
}

/** The row above is one that could not be read: it has nothing. */
function recordBatch(record: DecodedRecord): readonly DecodedRecord[] {
  return [
    { ok: false, error: { identity: "#0", code: "invalid_record", field: "", message: "" } },
    record,
  ];
}

function renderRow<B>(
  mapping: CheckedMapping,
  shape: Shape<B>,
  batch: B,
  index: number,
  config: Config,
): Rendered {
  const compiled = compile(mapping, shape, new Map(Object.entries(config)));
  const tally = emptyTally();
  const scope = compiled.scope(batch, tally);
  scope.index = index;
  const onlyIf = compiled.onlyIf?.(scope);
  const result = resultOf(compiled, scope);
  const { request } = compiled;
  return { result, onlyIf, request, fault: scope.fault, ...counts(tally) };
}

function resultOf<B>(compiled: CompiledMapping<B>, scope: Scope<B>): Json | undefined {
  if (compiled.surface === "events") return compiled.event(scope);
  return Object.fromEntries(
    compiled.columns.flatMap(({ name, values }) => {
      const cells = values(scope);
      return cells.length === 0 ? [] : [[name, cells]];
    }),
  );
}

function counts({ dropped, suspicious, unmapped }: Tally) {
  return {
    dropped: byReason(dropped),
    suspicious: byReason(suspicious),
    unmapped: Object.fromEntries(unmapped),
  };
}

function byReason(fields: ReadonlyMap<string, ReadonlyMap<string, number>>) {
  return Object.fromEntries(
    [...fields].map(([field, reasons]) => [field, Object.fromEntries(reasons)]),
  );
}

function indent(text: string): string {
  return dedent(text)
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Takes off what the lines of a template literal have in common on their left. */
function dedent(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const margins = lines.map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins, 1000);
  return lines.map((line) => line.slice(margin)).join("\n");
}
