import type { Values } from "../sql/database.js";

/** A value as it goes over the wire. */
export type Parameter = string | number | boolean | null;

/** A statement with its parameters by position. */
export interface Positional {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** Gives the named parameters of a statement numbers: `$sync` becomes `$1`, wherever it stands. */
export function positional(sql: string, values: Values): Positional {
  const names: string[] = [];
  const text = sql.replace(/\$([A-Za-z_]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${String(names.indexOf(name) + 1)}`;
  });
  return { text, parameters: names.map((name) => storable(values[name])) };
}

/** The engine has no place for U+0000 in a text; whoever asks for such a text finds it all the same. */
function storable(value: Values[string]): Parameter {
  if (value === undefined) return null;
  return typeof value === "string" ? withoutNul(value) : value;
}

/** A text that the engine takes. */
export function withoutNul(text: string): string {
  return text.replaceAll("\0", "\u2400");
}
