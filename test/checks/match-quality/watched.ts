import {
  MatchQuality,
  type QualityReport,
} from "../../../src/checks/match-quality/match-quality.js";
import type { JsonObject } from "../../../src/core/json.js";
import { ok } from "../../../src/core/result.js";
import { compile } from "../../../src/mapping/compile.js";
import type { CheckedMapping } from "../../../src/mapping/form.js";
import { RECORD_SHAPE } from "../../../src/mapping/record-shape.js";
import { emptyTally } from "../../../src/mapping/scope.js";
import { audienceRenderer } from "../../../src/surfaces/custom-audiences.js";
import type { EventOptions } from "../../../src/surfaces/event-options.js";
import { eventRenderer } from "../../../src/surfaces/events.js";
import { decodeRecord, recordRows } from "../../../src/surfaces/record-rows.js";
import { audienceMapping, eventMapping } from "../../mapping/render.js";

/** Identifiers by type; a list gives a type several values. */
export type Person = Readonly<Record<string, string | number | readonly string[]>>;

const OPTIONS: EventOptions = {
  pixelId: "456",
  routes: new Map(),
  onPersonalData: "warn",
  now: undefined,
  maxAgeSeconds: undefined,
  firstStart: undefined,
  horizon: undefined,
};

/** The report on people of an audience whose mapping has these lines below `schema:`. */
export function audienceQuality(schema: string, people: readonly Person[]): QualityReport {
  return quality(audienceMapping(schema), people.map(personRecord));
}

/** The report on events whose mapping has these lines below `user_data:`, one of each person. */
export function eventQuality(userData: string, people: readonly Person[]): QualityReport {
  const lines = userData.split("\n").map((line) => `  ${line.trim()}`);
  const mapping = eventMapping(
    [
      "event_name: {value: Lead}",
      "event_time: {value: 1777550400}",
      "action_source: {value: other}",
      "user_data:",
      ...lines,
    ].join("\n"),
  );
  return quality(mapping, people.map(personRecord));
}

function personRecord(person: Person, index: number): JsonObject {
  const identifiers = Object.entries(person).flatMap(([type, values]) =>
    [values].flat().map((value) => ({ type, value })),
  );
  return { operation: "upsert", target: "VIP", record_identity: `r-${String(index)}`, identifiers };
}

function quality(mapping: CheckedMapping, given: readonly JsonObject[]): QualityReport {
  const watch = new MatchQuality(mapping.surface);
  const compiled = compile(mapping, RECORD_SHAPE, new Map(), watch.listenTo);
  const tally = emptyTally();
  const rows = recordRows(compiled.identifierTypes, tally);
  const render = watch.watched(
    compiled.surface === "events"
      ? eventRenderer(rows, compiled, OPTIONS, tally)
      : audienceRenderer(rows, compiled, tally),
  );
  const batch = given.map((record, index) =>
    decodeRecord(
      mapping.surface,
      ok(mapping.surface === "events" ? { ...record, operation: "import" } : record),
      index,
    ),
  );
  for (const index of batch.keys()) render(batch, index);
  return watch.report();
}

/** The suspicions about one field, by reason. */
export function suspicions({ fields }: QualityReport, name: string): Record<string, number> {
  const found = fields.find(({ field }) => field === name);
  return Object.fromEntries(found?.suspicious ?? []);
}
