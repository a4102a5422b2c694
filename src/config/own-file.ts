/** Tells files that people write for this tool from data, which must not be quoted line by line. */
import { readYaml } from "../core/yaml.js";

/** Keys at the top of a mapping, a sync file or a binding that hardly any record has. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  "mapping",
  "surface",
  "sync",
  "destination",
  "config",
  "config_namespace",
]);

/**
 * True for a mapping, a sync file or a binding: by the name, or by a key at its top. What is wrong with
 * a file is told with the line that it is about; of another file that line may be a person.
 *
 * @example isOwnFile("people.txt", "ann@example.test\n") // false
 */
export function isOwnFile(name: string, text: string): boolean {
  if (/\.ya?ml$/i.test(name)) return true;
  const { root } = readYaml(text, name);
  return root?.kind === "map" && root.entries.some(({ key }) => OWN_KEYS.has(key));
}
