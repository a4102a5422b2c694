/** Runs the examples that stand in a mapping: its own tests. */
import type { Diagnostic } from "../core/diagnostic.js";
import { sha256 } from "../core/digest.js";
import { cleanJson, isJsonArray, isJsonObject, type Json, type JsonObject } from "../core/json.js";
import { nameText } from "../core/identity.js";
import type { DecodedRecord } from "../core/record.js";
import { compile } from "../mapping/compile.js";
import type { CheckedMapping, Example } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import { emptyTally } from "../mapping/scope.js";
import { audienceRenderer } from "../surfaces/custom-audiences.js";
import type { Rendering } from "../surfaces/entry.js";
import { eventRenderer } from "../surfaces/events.js";
import { decodeRecord, recordRows } from "../surfaces/record-rows.js";

/** The diagnostics of all examples that do not come out as they say; empty when all do. */
export function runExamples(mapping: CheckedMapping): readonly Diagnostic[] {
  return mapping.examples.flatMap((example, index) => runExample(mapping, example, index + 1));
}

function runExample(
  mapping: CheckedMapping,
  example: Example,
  position: number,
): readonly Diagnostic[] {
  const rendering = render(mapping, example, position);
  const { expected } = example;
  const problem = (message: string): Diagnostic => ({
    code: "mapping.example_failed",
    severity: "error",
    message: `example ${String(position)}: ${message}`,
    remedy: "Mend the mapping, or the example.",
    place: {
      kind: "text",
      file: mapping.file,
      span: expected.span ?? example.span ?? { start: 0, end: 0 },
    },
  });
  if (expected.kind === "rejection") {
    const code = codeOf(rendering);
    if (code === expected.code) return [];
    return [
      problem(
        `expected the rejection \`${expected.code}\`, got ${code === undefined ? "a result" : `\`${code}\``}`,
      ),
    ];
  }
  if (rendering.kind !== "entry") return [problem(`expected a result, got ${describe(rendering)}`)];
  return differences(expected.expect, resultOf(mapping, rendering.entry), "").map(problem);
}

/** An example's record; a key or identity that it does not give is made up for it. */
function render(mapping: CheckedMapping, example: Example, position: number): Rendering {
  const tally = emptyTally();
  const given: JsonObject = {
    record_identity: `example-${String(position)}`,
    ...(mapping.surface === "custom_audiences" ? { operation: "upsert", target: "example" } : {}),
    ...example.given,
  };
  const batch: readonly DecodedRecord[] = [decodeRecord(mapping.surface, given, position)];
  const compiled = compile(mapping, RECORD_SHAPE, example.config);
  const rows = recordRows(compiled.identifierTypes, tally);
  if (compiled.surface === "custom_audiences")
    return audienceRenderer(rows, compiled, tally)(batch, 0);
  const options = {
    pixelId: "example",
    routes: new Map<string, string>(),
    onPersonalData: "warn",
    now: undefined,
    maxAgeSeconds: undefined,
  } as const;
  return eventRenderer(rows, compiled, options, tally)(batch, 0);
}

function codeOf(rendering: Rendering): string | undefined {
  if (rendering.kind === "entry") return undefined;
  return rendering.kind === "withheld" ? "withheld" : rendering.rejection.code;
}

function describe(rendering: Exclude<Rendering, { kind: "entry" }>): string {
  return rendering.kind === "withheld"
    ? "a record withheld by `only_if`"
    : `the rejection \`${rendering.rejection.code}\`: ${rendering.rejection.message}`;
}

type Rendered = Extract<Rendering, { kind: "entry" }>["entry"];

function resultOf(mapping: CheckedMapping, entry: Rendered): Json {
  if (entry.surface === "events") return entry.event;
  const names =
    mapping.surface === "custom_audiences" ? mapping.columns.map(({ name }) => name) : [];
  return entry.rows.map((row) =>
    Object.fromEntries(
      row.flatMap((cell, index) => (cell === undefined ? [] : [[names[index] ?? "", cell]])),
    ),
  );
}

/** Maps are partial, lists and scalars exact, null is absent, `{sha256: text}` that text's digest. */
function differences(expected: Json, actual: Json | undefined, at: string): readonly string[] {
  const digest = digestOf(expected);
  if (digest !== undefined)
    return digest === actual ? [] : [different(at, "the digest of that text", actual)];
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return [different(at, "an object", actual)];
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(
        value,
        Object.hasOwn(actual, name) ? actual[name] : undefined,
        at === "" ? name : `${at}.${name}`,
      ),
    );
  }
  if (isJsonArray(expected)) {
    if (!isJsonArray(actual)) return [different(at, "a list", actual)];
    if (expected.length !== actual.length)
      return [different(at, `${String(expected.length)} entries`, actual)];
    return expected.flatMap((item, index) =>
      differences(item, actual[index], `${at}[${String(index)}]`),
    );
  }
  if (expected === null) return actual === undefined ? [] : [different(at, "nothing", actual)];
  return expected === actual ? [] : [different(at, JSON.stringify(expected), actual)];
}

function digestOf(expected: Json): string | undefined {
  if (!isJsonObject(expected) || Object.keys(expected).length !== 1) return undefined;
  const text = nameText(expected["sha256"]);
  return text === undefined ? undefined : sha256(text);
}

function different(at: string, expected: string, actual: Json | undefined): string {
  const got = actual === undefined ? "nothing" : JSON.stringify(cleanText(actual));
  return `\`${at === "" ? "the result" : at}\` should be ${expected} and is ${got}`;
}

/** Examples are made up by the mapping's author, but a long value would bury the message. */
function cleanText(value: Json): Json {
  const text = JSON.stringify(value);
  const short = cleanJson(text.length > 120 ? `${text.slice(0, 117)}…` : value);
  return short.ok ? short.value : null;
}
