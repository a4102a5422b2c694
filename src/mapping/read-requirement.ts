import { nearName } from "../core/near-name.js";
import { entryOf, nodeValue, type DataNode, type MapNode } from "../core/yaml.js";
import { expandRest } from "./expand-rest.js";
import type { ObjectForm, Requirement } from "./form.js";
import { quotedList, type Problems } from "./problems.js";

/** The names that a requirement can name; `custom_data.*` for what the rest of an open object brings. */
export type WrittenNames = ReadonlySet<string>;

/** What an object writes: `event_id`, `user_data`, `user_data.em`. */
export function writtenNames(form: ObjectForm): WrittenNames {
  return new Set(namesOf(form, ""));
}

function namesOf(form: ObjectForm, prefix: string): readonly string[] {
  const open = form.rest !== undefined && form.field.open ? [`${prefix}*`] : [];
  const fields = [...form.fields, ...expandRest(form)].flatMap(({ name, form: inner }) => [
    `${prefix}${name}`,
    ...(inner.kind === "object" ? namesOf(inner, `${prefix}${name}.`) : []),
  ]);
  return [...open, ...fields];
}

const NO_REQUIREMENT: Requirement = { anyOf: [], allOf: [] };
const KEYS = ["any_of", "all_of"];

/**
 * Reads `require`; a mapping without one requires nothing beyond the spec.
 *
 * @param names `undefined` when the section that writes them has mistakes of its own
 */
export function readRequirement(
  root: MapNode,
  names: WrittenNames | undefined,
  problems: Problems,
): Requirement {
  const node = entryOf(root, "require")?.value;
  if (node === undefined) return NO_REQUIREMENT;
  if (node.kind !== "map" || node.entries.length === 0) {
    problems.wrongType(
      node,
      "require",
      "a map with `any_of` or `all_of`",
      "For example `require: {any_of: [user_data.em, user_data.ph]}`.",
    );
    return NO_REQUIREMENT;
  }
  for (const entry of node.entries)
    if (!KEYS.includes(entry.key)) problems.unknownKey(entry, "`require`", KEYS);
  const read = (key: string) => fieldNames(entryOf(node, key)?.value, key, names, problems);
  return { anyOf: read("any_of"), allOf: read("all_of") };
}

function fieldNames(
  node: DataNode | undefined,
  key: string,
  names: WrittenNames | undefined,
  problems: Problems,
): readonly string[] {
  if (node === undefined) return [];
  if (node.kind !== "list" || node.items.length === 0) {
    problems.wrongType(node, key, "a list of field names", EXAMPLE);
    return [];
  }
  return node.items.flatMap((item) => fieldName(item, key, names, problems) ?? []);
}

const EXAMPLE = "Names are those of the result, such as `user_data.em` or `EMAIL`.";

function fieldName(
  node: DataNode,
  key: string,
  names: WrittenNames | undefined,
  problems: Problems,
): string | undefined {
  const name = nodeValue(node);
  if (typeof name !== "string" || name.trim() === "")
    return problems.wrongType(node, key, "field names", EXAMPLE);
  if (names === undefined || canBeWritten(name, names)) return name;
  return problems.error(
    "mapping.unwritten_requirement",
    node.span,
    `\`require\` names \`${name}\`, which this mapping does not write`,
    unwrittenRemedy(name, names),
  );
}

/** The near name among those beside it, or all. */
function unwrittenRemedy(name: string, names: WrittenNames): string {
  const around = name.slice(0, name.lastIndexOf(".") + 1);
  const beside = [...names].filter(
    (written) => written.startsWith(around) && !written.endsWith("*"),
  );
  const near = nearName(
    name.slice(around.length),
    beside.map((written) => written.slice(around.length)),
  );
  if (near !== undefined) return `Did you mean \`${around}${near}\`?`;
  const place = around === "" ? "It" : `In \`${around.slice(0, -1)}\` it`;
  return beside.length === 0 || beside.length > MAX_LISTED
    ? "Let the mapping write it, or require another field."
    : `${place} writes ${quotedList(beside)}.`;
}

/** Longer lists bury the message. */
const MAX_LISTED = 12;

function canBeWritten(name: string, names: WrittenNames): boolean {
  const parts = name.split(".");
  return (
    names.has(name) ||
    parts.some((_, index) => names.has([...parts.slice(0, index), "*"].join(".")))
  );
}
