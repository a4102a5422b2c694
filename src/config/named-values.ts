import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import type { Reader } from "./section.js";

/** A map whose keys are the user's own names, trimmed, in the order of the input. */
export function readNamed<T>(read: Reader<T>): Reader<ReadonlyMap<string, T>> {
  return (field, problems) => {
    if (field.node.kind !== "map") return problems.wrongType(field, "a map");
    const values = new Map<string, T>();
    for (const entry of field.node.entries) {
      const child = field.child(entry);
      const name = freshName(entry.key, values, child, problems);
      const value = read(child, problems);
      if (name !== undefined && value !== undefined) values.set(name, value);
    }
    return values;
  };
}

function freshName(
  key: string,
  values: ReadonlyMap<string, unknown>,
  { keyPlace }: Field,
  problems: Problems,
): string | undefined {
  const name = key.trim();
  if (name === "")
    return problems.report("invalid_value", keyPlace, "a name is blank", "Name it, or remove it.");
  if (!values.has(name)) return name;
  const message = `\`${name}\` is there twice, once with blanks around it`;
  return problems.report("invalid_value", keyPlace, message, "Remove one of them.");
}
