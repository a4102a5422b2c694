/** Tells the two kinds of YAML files apart that people write, so that one in the other's place is called so. */
import type { DataNode } from "../core/yaml.js";

/** Keys that only one of the two has at its top; `event` is a section of both. */
const KEYS = {
  sync: new Set(["sync", "source", "state", "destination", "store"]),
  mapping: new Set([
    "mapping",
    "surface",
    "request",
    "require",
    "only_if",
    "rows",
    "schema",
    "examples",
  ]),
};

/** What a file is by most of its keys; `undefined` where they do not tell. */
export function fileKind(root: DataNode | undefined): "sync" | "mapping" | undefined {
  if (root?.kind !== "map") return undefined;
  const count = (keys: ReadonlySet<string>) =>
    root.entries.filter(({ key }) => keys.has(key)).length;
  const [sync, mapping] = [count(KEYS.sync), count(KEYS.mapping)];
  if (sync === mapping) return undefined;
  return sync > mapping ? "sync" : "mapping";
}
