import { nearName } from "../core/near-name.js";
import type { Field } from "../generated/fields.js";
import { quotedList } from "./problems.js";

type Fields = Readonly<Record<string, Field>>;

/** Longer lists bury the message. */
const MAX_LISTED = 24;

/** A sentence for a field name that does not exist: the near one, or all. */
export function unknownFieldRemedy(
  name: string,
  known: readonly string[],
  fields: Fields = {},
): string {
  const near = nearField(name, known, fields);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return known.length <= MAX_LISTED
    ? `Known: ${quotedList(known)}.`
    : "The known names are listed in `mapping.schema.json`, which editors complete from.";
}

/** The field a person most likely meant, by Meta's name or by a plain one (`email` for `em`). */
export function nearField(
  name: string,
  known: readonly string[],
  fields: Fields = {},
): string | undefined {
  const plain = Object.entries(fields).flatMap(([field, { names }]) =>
    names.map((one) => [one, field] as const),
  );
  // Of two that are as near, Meta's own: `zip` is `zp`, not the `ip` of another field.
  const byName = new Map([...known.map((field) => [field, field] as const), ...plain]);
  for (const field of known) byName.set(field, field);
  const near = byName.has(name.toLowerCase()) ? name.toLowerCase() : nearName(name, byName.keys());
  return near === undefined ? undefined : byName.get(near);
}
