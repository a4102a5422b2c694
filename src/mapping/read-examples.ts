import { isJsonObject } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import { REJECTION_CODES } from "../core/record.js";
import { entryOf, nodeValue, type DataNode, type MapNode } from "../core/yaml.js";
import type { Example } from "./form.js";
import { misspelt, quotedList, type Problems } from "./problems.js";
import { readExampleConfig } from "./read-example-config.js";

/** Codes that an example can expect: those of rejections, and `withheld`. */
export const EXAMPLE_REJECTS: readonly string[] = [...REJECTION_CODES, "withheld"];

const KEYS = ["given", "config", "expect", "reject"];
const REMEDY = "Write `{given: …, config: …, expect: …}`, or `reject: code` in place of `expect`.";

/** Reads the examples of a mapping; `check` runs them. */
export function readExamples(
  root: MapNode,
  surface: Surface,
  problems: Problems,
): readonly Example[] {
  const node = entryOf(root, "examples")?.value;
  if (node === undefined) return [];
  if (node.kind === "list")
    return node.items.flatMap((item) => readExample(item, surface, problems) ?? []);
  problems.wrongType(node, "examples", "a list", "Start each example with `- given:`.");
  return [];
}

function readExample(node: DataNode, surface: Surface, problems: Problems): Example | undefined {
  if (node.kind !== "map") return problems.wrongType(node, "examples", "maps in its list", REMEDY);
  const unknown = node.entries.filter(({ key }) => !KEYS.includes(key));
  for (const entry of unknown) problems.unknownKey(entry, "an example", KEYS);
  const given = readGiven(node, problems);
  const config = readExampleConfig(entryOf(node, "config")?.value, problems);
  const expected = readExpected(node, surface, problems);
  return given && expected && { ...given, config, expected };
}

function readGiven(
  node: MapNode,
  problems: Problems,
): Pick<Example, "given" | "givenNode"> | undefined {
  const value = entryOf(node, "given")?.value;
  if (value === undefined && misspelt(node, "given", KEYS) !== undefined) return undefined;
  if (value === undefined)
    return problems.error(
      "mapping.missing_key",
      node.span,
      "this example has no `given`",
      "Add `given` with a record.",
    );
  const given = nodeValue(value);
  return isJsonObject(given)
    ? { given, givenNode: value }
    : problems.wrongType(value, "given", "a record", "Write its fields as a map.");
}

function readExpected(
  node: MapNode,
  surface: Surface,
  problems: Problems,
): Example["expected"] | undefined {
  const expect = entryOf(node, "expect")?.value;
  const reject = entryOf(node, "reject")?.value;
  if (expect !== undefined && reject === undefined) return readResult(expect, surface, problems);
  if (reject !== undefined && expect === undefined) return readRejection(reject, problems);
  const shared =
    expect === undefined ? "neither `expect` nor `reject`" : "both `expect` and `reject`";
  const slip = misspelt(node, "expect", KEYS) ?? misspelt(node, "reject", KEYS);
  if (slip !== undefined) return undefined;
  return problems.error(
    "mapping.example_shape",
    node.span,
    `this example has ${shared}`,
    "`expect` is a part of the result, `reject` the code of the expected rejection: write one.",
  );
}

function readResult(
  node: DataNode,
  surface: Surface,
  problems: Problems,
): Example["expected"] | undefined {
  const { kind, wanted, remedy } = EXPECTED[surface];
  if (node.kind !== kind) return problems.wrongType(node, "expect", wanted, remedy);
  return { kind: "result", expect: nodeValue(node), span: node.span };
}

const EXPECTED = {
  events: {
    kind: "map",
    wanted: "a map of event fields",
    remedy: "For example `expect: {event_name: Purchase}`.",
  },
  custom_audiences: {
    kind: "list",
    wanted: "a list of rows",
    remedy: "For example `expect: [{MADID: AB-1}]`.",
  },
} as const;

function readRejection(node: DataNode, problems: Problems): Example["expected"] | undefined {
  const code = EXAMPLE_REJECTS.find((known) => known === nodeValue(node));
  return code === undefined
    ? problems.error(
        "mapping.wrong_type",
        node.span,
        "`reject` is no code of a rejection",
        `Known: ${quotedList(EXAMPLE_REJECTS)}.`,
      )
    : { kind: "rejection", code, span: node.span };
}
