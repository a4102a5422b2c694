import { nameText } from "../core/identity.js";
import { nearName } from "../core/near-name.js";
import { nodeValue, type DataNode, type MapEntry } from "../core/yaml.js";
import { CONFIG_NAMES } from "./path.js";
import { quotedList, type Problems } from "./problems.js";

/** Reads the configuration of an example: what its `config.…` paths read. */
export function readExampleConfig(
  node: DataNode | undefined,
  problems: Problems,
): ReadonlyMap<string, string> {
  if (node === undefined) return new Map();
  if (node.kind === "map")
    return new Map(node.entries.flatMap((entry) => readSetting(entry, problems)));
  problems.wrongType(
    node,
    "config",
    "a map of configuration keys",
    "For example `config: {action_source: website}`.",
  );
  return new Map();
}

function readSetting(entry: MapEntry, problems: Problems): readonly [string, string][] {
  const { key, keySpan, value } = entry;
  const known: readonly string[] = CONFIG_NAMES;
  if (!known.includes(key)) {
    const near = nearName(key, known);
    problems.error(
      "mapping.example_config",
      keySpan,
      `\`${key}\` is no configuration key that a mapping can read`,
      near === undefined ? `Known: ${quotedList(known)}.` : `Did you mean \`${near}\`?`,
    );
    return [];
  }
  const text = nameText(nodeValue(value));
  if (text !== undefined) return [[key, text]];
  problems.error(
    "mapping.example_config",
    value.span,
    `\`${key}\` is neither text nor a number`,
    "Write text, or leave the key out.",
  );
  return [];
}
