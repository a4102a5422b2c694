import { entryOf, nodeValue, type DataNode } from "../core/yaml.js";
import { countryCode } from "../normalize/country-code.js";
import { USE_COUNTRY, type NormalizerName } from "../normalize/index.js";
import type { Form } from "./form.js";
import { below, type FormContext } from "./form-context.js";
import { COUNTRY } from "./own-fields.js";
import { quotedList } from "./problems.js";

/**
 * Reads `country`: where a normaliser gets the country of a value from.
 *
 * @param normalize the normalisers beside it; `undefined` where none are written
 */
export function readCountry(
  node: DataNode | undefined,
  normalize: readonly NormalizerName[] | undefined,
  context: FormContext,
): Form | undefined {
  if (node === undefined) return undefined;
  const { problems, at } = context;
  if (normalize === undefined)
    return problems.error(
      "mapping.country_without_normalize",
      node.span,
      `\`country\` of \`${at}\` stands without \`normalize\``,
      "It tells a normaliser the country; add `normalize`, or remove `country`.",
    );
  if (normalize.length > 0 && !normalize.some((name) => USE_COUNTRY.includes(name)))
    problems.warning(
      "mapping.country_unused",
      node.span,
      `\`country\` of \`${at}\` changes nothing: its normalisers ask for none`,
      `Remove it: only ${quotedList(USE_COUNTRY)} do.`,
    );
  const form = context.readForm(node, COUNTRY, below(context, "country"));
  if (form === undefined) return undefined;
  const sound = constantsOf(node).map((constant) => isCountry(constant, context));
  return sound.every(Boolean) ? form : undefined;
}

/** What is written out: the constant itself, what stands in, what `map` gives. */
function constantsOf(node: DataNode): readonly DataNode[] {
  if (node.kind !== "map") return [];
  const map = entryOf(node, "map")?.value;
  const right = map?.kind === "map" ? map.entries.map(({ value }) => value) : [];
  const own = ["value", "default"].flatMap((key) => entryOf(node, key)?.value ?? []);
  return [...own, ...right];
}

/** Of a word that is no country every national number would be dropped. */
function isCountry(node: DataNode, { problems, at }: FormContext): boolean {
  const value = nodeValue(node);
  const name = typeof value === "string" ? value.trim() : JSON.stringify(value);
  if (countryCode(name) !== undefined) return true;
  problems.error(
    "mapping.unknown_country",
    node.span,
    `\`country\` of \`${at}\` has \`${name}\`, which is no country of ISO 3166-1`,
    "Write its two letters, such as `DE`, or its English name.",
  );
  return false;
}
