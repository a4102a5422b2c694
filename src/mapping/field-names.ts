import { nearName } from "../core/near-name.js";
import { EVENT, type Field } from "../generated/fields.js";
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
  const byName = namesOf(known, fields);
  const near = byName.has(name.toLowerCase()) ? name.toLowerCase() : nearName(name, byName.keys());
  return near === undefined ? undefined : byName.get(near);
}

/** Fields by their own names and by plain ones. */
function namesOf(known: readonly string[], fields: Fields): ReadonlyMap<string, string> {
  const plain = Object.entries(fields).flatMap(([field, { names }]) =>
    names.map((one) => [one, field] as const),
  );
  // Of two that are as near, Meta's own: `zip` is `zp`, not the `ip` of another field.
  const byName = new Map([...known.map((field) => [field, field] as const), ...plain]);
  for (const field of known) byName.set(field, field);
  return byName;
}

/**
 * A sentence for a field of an event that stands in the wrong part of it, mostly because its line is
 * not indented as the parts beside it; `undefined` where Meta knows it nowhere else, or here.
 *
 * @param at the part in which it stands; empty for the event itself
 */
export function otherPlaceRemedy(name: string, at: string, here: Fields): string | undefined {
  if (namesOf(Object.keys(here), here).has(name.toLowerCase())) return undefined;
  if (Object.hasOwn(EVENT.fields, name))
    return `It is a field of the event itself: move it out of \`${at}\`.`;
  const parts = Object.entries(EVENT.fields).flatMap(([part, field]) =>
    field.kind === "object" && namesOf(Object.keys(field.fields), field.fields).has(name)
      ? [`\`${part}\``]
      : [],
  );
  if (parts.length === 0) return undefined;
  return at === ""
    ? `It is a field of ${parts.join(" and of ")}: indent it below.`
    : `It is a field of ${parts.join(" and of ")}: move it there.`;
}
