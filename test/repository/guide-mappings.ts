import { exampleRecord } from "../../src/checks/example-record.js";
import { nameText } from "../../src/core/identity.js";
import type { Json, JsonObject } from "../../src/core/json.js";
import { ok } from "../../src/core/result.js";
import { compile } from "../../src/mapping/compile.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import { eventOf } from "../../src/surfaces/event-entry.js";
import { eventRenderer } from "../../src/surfaces/events.js";
import { decodeRecord, recordRows } from "../../src/surfaces/record-rows.js";

/** An example of the guide: what stands in its blocks, with what they leave out. */
export interface Shown {
  readonly mapping: JsonObject;
  readonly record: JsonObject;
  readonly config: JsonObject;
  readonly result: Json;
}

const EVENT_OPTIONS = {
  pixelId: "456",
  routes: new Map(),
  onPersonalData: "warn",
  now: undefined,
  maxAgeSeconds: undefined,
  firstStart: undefined,
  horizon: undefined,
} as const;

/** What a mapping makes of a record: the event and what is around it, rows by name, or why not. */
export function rendered({ mapping, record, config }: Shown, file: string): Json {
  const read = readMapping(JSON.stringify(mapping), file);
  if (read.mapping === undefined) throw new TypeError(JSON.stringify(read.diagnostics));
  const settings = Object.entries(config).map(([name, value]): [string, string] => [
    name,
    nameText(value) ?? "",
  ]);
  const compiled = compile(read.mapping, RECORD_SHAPE, new Map(settings));
  const { surface } = compiled;
  const tally = emptyTally();
  const rows = recordRows(compiled.identifierTypes, tally);
  const batch = [decodeRecord(surface, ok(exampleRecord(surface, record, 1)), 1)];
  const outcome =
    compiled.surface === "events"
      ? eventRenderer(rows, compiled, EVENT_OPTIONS, tally)(batch, 0)
      : audienceRenderer(rows, compiled, tally)(batch, 0);
  if (outcome.kind === "rejection") return { reject: outcome.rejection.code };
  if (outcome.kind !== "entry") return { reject: outcome.kind };
  const { entry } = outcome;
  if (entry.surface === "events") return { ...eventOf(entry), request: compiled.request };
  const names = Object.keys(mapping["schema"] ?? {});
  return entry.rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}
