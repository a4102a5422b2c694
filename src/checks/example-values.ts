import { entryOf, type DataNode, type ScalarNode } from "../core/yaml.js";
import type { Path } from "../mapping/shape.js";

/** The part of an example's record that a path reads; `undefined` where there is none. */
export function nodeAt(given: DataNode, { root, parts }: Path): DataNode | undefined {
  return [root, ...parts].reduce<DataNode | undefined>(below, given);
}

function below(node: DataNode | undefined, name: string): DataNode | undefined {
  if (node?.kind === "map") return entryOf(node, name)?.value;
  return node?.kind === "list" ? node.items[Number(name)] : undefined;
}

/** Every single value in a part of an example. */
export function scalarsOf(node: DataNode): readonly ScalarNode[] {
  switch (node.kind) {
    case "scalar":
      return [node];
    case "list":
      return node.items.flatMap(scalarsOf);
    case "map":
      return node.entries.flatMap(({ value }) => scalarsOf(value));
  }
}
