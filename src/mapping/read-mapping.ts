/** Reads a whole mapping file: YAML text in, a checked mapping or diagnostics out. */
import { withoutErrors, type Diagnostic } from "../core/diagnostic.js";
import {
  entryOf,
  nodeValue,
  readYaml,
  type DataNode,
  type MapEntry,
  type MapNode,
  type YamlReading,
} from "../core/yaml.js";
import type { Surface } from "../core/outcome.js";
import { EVENT, EVENTS_REQUEST, USERS_PAYLOAD, type ObjectField } from "../generated/fields.js";
import { SURFACES, type CheckedMapping, type Form, type ObjectForm } from "./form.js";
import { below, type FormContext } from "./form-context.js";
import { CONSENT } from "./own-fields.js";
import { misspelt, Problems } from "./problems.js";
import { readColumns } from "./read-columns.js";
import { readExamples } from "./read-examples.js";
import { readForm } from "./read-form.js";
import { checkVersion, readDescription, readSurface } from "./read-header.js";
import { readObject } from "./read-object.js";
import { readRequirement, writtenNames } from "./read-requirement.js";

/** A checked mapping, if it has no errors, and everything there is to say about it. */
export interface MappingReading {
  readonly mapping: CheckedMapping | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks the text of a mapping file along the spec: shape, fields, types, hashing. `checkMapping` of
 * `retl-meta/mapping` goes further, and runs the mapping's own examples.
 *
 * @param file its name, for diagnostics
 * @returns a mapping for `loadDestination`, unless there are errors; what is wrong is never thrown
 * @example
 * const { mapping, diagnostics } = compileMapping("mapping: 1\nsurface: evnts\n", "mine.yaml");
 * console.log(mapping, diagnostics[0]?.code); // => undefined, "mapping.unknown_surface"
 */
export function readMapping(text: string, file: string): MappingReading {
  return readMappingTree(readYaml(text, file), file);
}

/** The same of a file whose YAML is read already. */
export function readMappingTree(yaml: YamlReading, file: string): MappingReading {
  if (yaml.root === undefined) return { mapping: undefined, diagnostics: yaml.diagnostics };
  const problems = new Problems(file);
  const mapping = readRoot(yaml.root, problems);
  const { diagnostics } = problems;
  return { mapping: withoutErrors(diagnostics) ? mapping : undefined, diagnostics };
}

const COMMON_KEYS = ["mapping", "surface", "description", "require", "request", "only_if"];
const KEYS: Readonly<Record<Surface, readonly string[]>> = {
  events: [...COMMON_KEYS, "event", "examples"],
  custom_audiences: [...COMMON_KEYS, "rows", "schema", "examples"],
};
const ALL_KEYS = [...new Set(SURFACES.flatMap((surface) => KEYS[surface]))];

function readRoot(root: DataNode, problems: Problems): CheckedMapping | undefined {
  if (root.kind !== "map")
    return problems.wrongType(root, problems.file, "a map of sections", "Start with `mapping: 1`.");
  checkVersion(root, ALL_KEYS, problems);
  const surface = readSurface(root, ALL_KEYS, problems);
  for (const entry of root.entries) checkKey(entry, surface, problems);
  if (surface === undefined) return undefined;
  const context: FormContext = { problems, at: "", insideEach: false, reads: "record", readForm };
  return surface === "events" ? readEvents(root, context) : readAudiences(root, context);
}

function checkKey(entry: MapEntry, surface: Surface | undefined, problems: Problems): void {
  const keys = surface === undefined ? ALL_KEYS : KEYS[surface];
  if (keys.includes(entry.key)) return;
  const where = surface === undefined ? "a mapping" : `a mapping for \`${surface}\``;
  const other = SURFACES.find((one) => KEYS[one].includes(entry.key));
  if (other === undefined) problems.unknownKey(entry, where, keys);
  else
    problems.error(
      "mapping.unknown_key",
      entry.keySpan,
      `\`${entry.key}\` is not a key of ${where}`,
      `It belongs to \`surface: ${other}\`.`,
    );
}

function readEvents(root: MapNode, context: FormContext): CheckedMapping | undefined {
  const parts = readParts(root, "events", EVENTS_REQUEST, context);
  const section = readSection(root, "events", context.problems);
  const event = section && readObject(section, EVENT, context);
  const require = readRequirement(root, event && writtenNames(event), context.problems);
  return parts && event && { ...parts, surface: "events", require, event };
}

function readAudiences(root: MapNode, context: FormContext): CheckedMapping | undefined {
  const parts = readParts(root, "custom_audiences", USERS_PAYLOAD, context);
  const rows = readRows(root, context);
  const section = readSection(root, "custom_audiences", context.problems);
  const columns = section && readColumns(section, context);
  const names = columns && new Set(columns.columns.map(({ name }) => name));
  const require = readRequirement(root, names, context.problems);
  return parts && columns && { ...parts, ...columns, surface: "custom_audiences", rows, require };
}

/** The parts that mappings of both surfaces have. */
function readParts(
  root: MapNode,
  surface: Surface,
  requestField: ObjectField,
  context: FormContext,
) {
  const { problems } = context;
  const description = readDescription(root, problems);
  const request = readRequest(root, requestField, context);
  const onlyIf = readOnlyIf(root, context);
  const examples = readExamples(root, surface, problems);
  const section = entryOf(root, SECTIONS[surface].name)?.keySpan;
  return request && { file: problems.file, description, section, request, onlyIf, examples };
}

function readOnlyIf(root: MapNode, context: FormContext): Form | undefined {
  const entry = entryOf(root, "only_if");
  return entry && readForm(entry.value, CONSENT, below(context, "only_if"));
}

function readRows(root: MapNode, { problems }: FormContext): "separate" | "combined" {
  const node = entryOf(root, "rows")?.value;
  const layout = node === undefined ? "separate" : nodeValue(node);
  if (layout === "separate" || layout === "combined") return layout;
  problems.error(
    "mapping.wrong_type",
    node?.span,
    "`rows` is neither `separate` nor `combined`",
    "`separate` gives each of several values a row; `combined` repeats the single values in each.",
  );
  return "separate";
}

function readRequest(
  root: MapNode,
  field: ObjectField,
  around: FormContext,
): ObjectForm | undefined {
  const context: FormContext = { ...below(around, "request"), reads: "config" };
  const node = entryOf(root, "request")?.value ?? NO_FIELDS;
  if (node.kind !== "map")
    return context.problems.wrongType(
      node,
      "request",
      "a map of fields",
      "For example `request: {test_event_code: config.test_event_code}`.",
    );
  const star = entryOf(node, "*");
  if (star === undefined) return readObject(node, field, context);
  return context.problems.error(
    "mapping.request_reads_record",
    star.keySpan,
    "`request` is the same for every record, so that it has no rest",
    "Write its fields out.",
  );
}

const NO_FIELDS: DataNode = { kind: "map", entries: [], span: undefined };

const SECTIONS = {
  events: { name: "event", what: "the fields of an event", other: "schema" },
  custom_audiences: { name: "schema", what: "the columns of an audience", other: "event" },
} as const;

/** The section that says what an entry holds. */
function readSection(root: MapNode, surface: Surface, problems: Problems): MapNode | undefined {
  const { name, what, other } = SECTIONS[surface];
  const node = entryOf(root, name)?.value;
  const remedy = `Write \`${name}:\` with ${what}, one a line.`;
  if (node !== undefined)
    return node.kind === "map" && node.entries.length > 0
      ? node
      : problems.wrongType(node, name, `a map with ${what}`, remedy);
  // Misspelt, or in the words of the other surface, it is reported already.
  return misspelt(root, name, KEYS[surface]) !== undefined || entryOf(root, other) !== undefined
    ? undefined
    : problems.error("mapping.missing_key", undefined, `the file has no \`${name}\``, remedy);
}
