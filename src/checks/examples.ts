/** Runs the examples that stand in a mapping: its own tests. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { Json } from "../core/json.js";
import { ok } from "../core/result.js";
import { compile } from "../mapping/compile.js";
import type { CheckedMapping, Example } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import { emptyTally } from "../mapping/scope.js";
import { audienceRenderer } from "../surfaces/custom-audiences.js";
import type { Entry, Rendering } from "../surfaces/entry.js";
import { eventOf } from "../surfaces/event-entry.js";
import type { EventOptions } from "../surfaces/event-options.js";
import { eventRenderer } from "../surfaces/events.js";
import { decodeRecord, recordRows } from "../surfaces/record-rows.js";
import { exampleRecord } from "./example-record.js";
import { differenceLines } from "./difference-text.js";
import { differences } from "./expectation.js";

/** The diagnostics of all examples that do not come out as they say; empty when all do. */
export function runExamples(mapping: CheckedMapping): readonly Diagnostic[] {
  return mapping.examples.flatMap((example, index) => runExample(mapping, example, index + 1));
}

function runExample(
  mapping: CheckedMapping,
  example: Example,
  position: number,
): readonly Diagnostic[] {
  const span = example.expected.span ?? { start: 0, end: 0 };
  const disagreement = disagreementOf(mapping, example, render(mapping, example, position));
  if (disagreement === undefined) return [];
  return [
    {
      code: "mapping.example_failed",
      severity: "error",
      message: `example ${String(position)}: ${disagreement}`,
      remedy: "Mend the mapping, or the example.",
      place: { kind: "text", file: mapping.file, span },
    },
  ];
}

function disagreementOf(
  mapping: CheckedMapping,
  example: Example,
  rendering: Rendering,
): string | undefined {
  const { expected } = example;
  if (expected.kind === "rejection")
    return codeOf(rendering) === expected.code
      ? undefined
      : `expected the rejection \`${expected.code}\`, got ${describe(rendering)}`;
  if (rendering.kind !== "entry") return `expected a result, got ${describe(rendering)}`;
  const found = differences(expected.expect, resultOf(mapping, rendering.entry), "");
  if (found.length === 0) return undefined;
  return ["the result is different", ...differenceLines(found, example)].join("\n");
}

function codeOf(rendering: Rendering): string {
  return rendering.kind === "rejection" ? rendering.rejection.code : rendering.kind;
}

function describe(rendering: Rendering): string {
  switch (rendering.kind) {
    case "entry":
      return "a result";
    case "withheld":
      return "a record withheld by `only_if`";
    case "too_late":
    case "history":
      return "an event that is too old";
    case "rejection":
      return `the rejection \`${rendering.rejection.code}\`: ${rendering.rejection.message}`;
  }
}

const EVENT_OPTIONS: EventOptions = {
  pixelId: "example",
  routes: new Map(),
  onPersonalData: "warn",
  now: undefined,
  maxAgeSeconds: undefined,
  firstStart: undefined,
  horizon: undefined,
};

/** Renders an example's record. */
function render(mapping: CheckedMapping, { given, config }: Example, position: number): Rendering {
  const tally = emptyTally();
  const record = exampleRecord(mapping.surface, given, position);
  const batch = [decodeRecord(mapping.surface, ok(record), position)];
  const compiled = compile(mapping, RECORD_SHAPE, config);
  const rows = recordRows(compiled.identifierTypes, tally);
  return compiled.surface === "custom_audiences"
    ? audienceRenderer(rows, compiled, tally)(batch, 0)
    : eventRenderer(rows, compiled, EVENT_OPTIONS, tally)(batch, 0);
}

/** What an example's `expect` is about: the event, or the rows by column names. */
function resultOf(mapping: CheckedMapping, entry: Entry): Json {
  if (entry.surface === "events") return eventOf(entry);
  const columns = mapping.surface === "events" ? [] : mapping.columns;
  return entry.rows.map((row) =>
    Object.fromEntries(
      columns.flatMap(({ name }, index) => {
        const cell = row[index];
        return cell === undefined ? [] : [[name, cell]];
      }),
    ),
  );
}
