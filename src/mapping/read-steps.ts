/** Reads the steps that stand beside the source of a value. */
import type { Json } from "../core/json.js";
import { entryOf, type DataNode, type MapNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import type { Steps } from "./form.js";
import type { FormContext } from "./form-context.js";
import { readAs } from "./read-as.js";
import { readConstant } from "./read-constant.js";
import { readCountry } from "./read-country.js";
import { readHash } from "./read-hash.js";
import { readNormalize } from "./read-normalize.js";

/** The steps, in the order in which they run. */
export const STEP_KEYS = ["map", "default", "normalize", "country", "hash", "as"];
const CONSTANT_STEP_KEYS = ["normalize", "country", "hash", "as"];

/** Reads the steps beside a source key; `undefined` after a diagnostic. */
export function readSteps(
  node: MapNode,
  sourceKey: string,
  field: Field,
  context: FormContext,
): Steps | undefined {
  const { problems } = context;
  const before = problems.errors;
  const known = [sourceKey, ...(sourceKey === "value" ? CONSTANT_STEP_KEYS : STEP_KEYS)];
  const unknown = node.entries.filter(({ key }) => !known.includes(key));
  for (const entry of unknown) problems.unknownKey(entry, `a form with \`${sourceKey}\``, known);
  const step = (key: string): DataNode | undefined =>
    known.includes(key) ? entryOf(node, key)?.value : undefined;
  const normalize = readNormalize(step("normalize"), field, context);
  const steps: Steps = {
    map: readMap(step("map"), context),
    fallback: readDefault(step("default"), context),
    normalize,
    country: readCountry(step("country"), step("normalize") && normalize, context),
    hash: readHash(step("hash"), field, context),
    as: readAs(step("as"), step("hash"), field, context),
  };
  return problems.errors === before ? steps : undefined;
}

function readMap(
  node: DataNode | undefined,
  { problems, at }: FormContext,
): ReadonlyMap<string, Json> | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== "map" || node.entries.length === 0)
    return problems.wrongType(
      node,
      "map",
      "a map from text to what it becomes",
      "For example `map: {ios: i2, android: a2}`.",
    );
  const pairs = node.entries.flatMap(({ key, value }): [string, Json][] => {
    const constant = readConstant(value, `a value in \`map\` of \`${at}\``, problems);
    return constant === undefined ? [] : [[key.trim(), constant]];
  });
  return new Map(pairs);
}

function readDefault(node: DataNode | undefined, { problems, at }: FormContext): Json | undefined {
  return node && readConstant(node, `the default of \`${at}\``, problems);
}
