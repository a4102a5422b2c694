/** Plans contract records offline: mapping text and records in, what planning yields out. */
import { readFileSync } from "node:fs";
import type { DecodedRecord, Rejection } from "../../src/core/record.js";
import { cleanJson } from "../../src/core/json.js";
import { MAX_EVENTS_PER_REQUEST, MAX_ROWS_PER_REQUEST } from "../../src/generated/constants.js";
import { compile } from "../../src/mapping/compile.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally, type Tally } from "../../src/mapping/scope.js";
import { admitAll } from "../../src/planning/admission.js";
import { entryBytes } from "../../src/planning/entry-bytes.js";
import { planRequests, type Planned } from "../../src/planning/planner.js";
import type { RowBatch } from "../../src/planning/rendered-groups.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { TargetResolver } from "../../src/planning/target.js";
import { page } from "../surfaces/both-ways.js";
import { ordinaryEvents } from "../../src/surfaces/ordinary-events.js";
import { ordinaryRows } from "../../src/surfaces/ordinary-rows.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import type { EventOptions } from "../../src/surfaces/event-options.js";
import { eventRenderer } from "../../src/surfaces/events.js";
import { decodeRecord, recordRows } from "../../src/surfaces/record-rows.js";

/** What a test may vary; the rest is the same for all. */
export interface PlanSettings {
  /** Text of a mapping, where it is not the shipped one. */
  readonly mapping: string;
  readonly config: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly options: Partial<EventOptions>;
  /** Bytes of the entries in one request. */
  readonly maxBytes: number | undefined;
  readonly resolve: TargetResolver;
  /** How many records come in one batch of the source. */
  readonly batchSize: number;
}

/** Everything that planning yielded, by kind, and in emission order. */
export interface Plan {
  readonly planned: readonly Planned[];
  readonly requests: readonly RequestPlan[];
  readonly rejections: readonly Rejection[];
  readonly withheld: readonly string[];
  readonly held: readonly string[];
  readonly tally: Tally;
}

const EVENTS = shipped("events");
const AUDIENCES = shipped("custom_audiences");

function shipped(name: string): string {
  return readFileSync(new URL(`../../mappings/${name}.yaml`, import.meta.url), "utf8");
}

/** Plans events, by default with the shipped mapping for the pixel `456`. */
export function planEvents(
  records: readonly unknown[],
  settings: Partial<PlanSettings> = {},
): Promise<Plan> {
  return plan(records, { mapping: EVENTS, config: { action_source: "website" }, ...settings });
}

/** Plans audiences, by default with the shipped mapping; the audience `VIP` has the id `id-of-VIP`. */
export function planAudiences(
  records: readonly unknown[],
  settings: Partial<PlanSettings> = {},
): Promise<Plan> {
  return plan(records, { mapping: AUDIENCES, ...settings });
}

/** Resolves every target to an id that tells its name. */
export const MAPPED: TargetResolver = (target) =>
  Promise.resolve({ kind: "resolved", id: `id-of-${target}`, status: "mapped" });

/** An event pixel is its own id. */
const PIXEL: TargetResolver = (target) =>
  Promise.resolve({ kind: "resolved", id: target, status: "mapped" });

async function plan(
  records: readonly unknown[],
  settings: Partial<PlanSettings> & Pick<PlanSettings, "mapping">,
): Promise<Plan> {
  const mapping = checked(settings.mapping);
  const tally = emptyTally();
  const { render, request } = renderer(mapping, settings, tally);
  const resolve = settings.resolve ?? (mapping.surface === "events" ? PIXEL : MAPPED);
  const planned: Planned[] = [];
  const source = batches(records, mapping.surface, settings.batchSize ?? 1_000);
  for await (const one of planRequests(source, {
    render,
    resolve,
    admit: admitAll,
    stopped: () => false,
    limits: {
      maxItems: mapping.surface === "events" ? MAX_EVENTS_PER_REQUEST : MAX_ROWS_PER_REQUEST,
      maxBytes: settings.maxBytes,
      bytesOf: entryBytes,
    },
    context: {
      apiVersion: settings.apiVersion ?? "v25.0",
      request,
      columns: mapping.surface === "events" ? [] : mapping.columns.map(({ name }) => name),
    },
  }))
    planned.push(one);
  return sorted(planned, tally);
}

function checked(text: string): CheckedMapping {
  const { mapping, diagnostics } = readMapping(text, "test.yaml");
  if (mapping === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return mapping;
}

function renderer(mapping: CheckedMapping, settings: Partial<PlanSettings>, tally: Tally) {
  const compiled = compile(mapping, RECORD_SHAPE, new Map(Object.entries(settings.config ?? {})));
  const rows = recordRows(compiled.identifierTypes, tally);
  const options: EventOptions = {
    pixelId: "456",
    routes: new Map(),
    onPersonalData: "warn",
    now: undefined,
    maxAgeSeconds: undefined,
    firstStart: undefined,
    horizon: undefined,
    ...settings.options,
  };
  const render =
    compiled.surface === "events"
      ? eventRenderer(rows, compiled, options, tally, ordinaryEvents(compiled, page())(options))
      : audienceRenderer(rows, compiled, tally, ordinaryRows(compiled, page())());
  return { render, request: compiled.request };
}

async function* batches(
  records: readonly unknown[],
  surface: CheckedMapping["surface"],
  size: number,
): AsyncGenerator<RowBatch<readonly DecodedRecord[]>> {
  for (let start = 0; start < records.length; start += size) {
    const batch = records
      .slice(start, start + size)
      .map((record, index) => decodeRecord(surface, cleanJson(record), start + index + 1));
    yield await Promise.resolve({ batch, rows: batch.length });
  }
}

function sorted(planned: readonly Planned[], tally: Tally): Plan {
  return {
    planned,
    requests: planned.flatMap((one) => (one.kind === "request" ? [one.planned.request] : [])),
    rejections: planned.flatMap((one) => (one.kind === "rejection" ? [one.rejection] : [])),
    withheld: planned.flatMap((one) => (one.kind === "withheld" ? [one.identity] : [])),
    held: planned.flatMap((one) =>
      one.kind === "held" ? one.batch.entries.map(({ identity }) => identity) : [],
    ),
    tally,
  };
}
