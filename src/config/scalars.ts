/** Readers of single values. */
import { nearName } from "../core/near-name.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import type { Reader } from "./section.js";

/** Text that is not blank, trimmed. */
export function readText(field: Field, problems: Problems): string | undefined {
  const { node } = field;
  if (node.kind !== "scalar" || typeof node.value !== "string")
    return problems.wrongType(field, "text");
  const text = node.value.trim();
  return text === "" ? problems.invalidValue(field, "is blank", "Write text, or remove it.") : text;
}

/** An id of Meta: digits, as trimmed text; a number that kept all of them will do. */
export function readId(field: Field, problems: Problems): string | undefined {
  const { node } = field;
  const value = node.kind === "scalar" ? node.value : null;
  if (typeof value !== "string" && typeof value !== "number")
    return problems.wrongType(field, "an id in digits");
  const id = String(value).trim();
  return /^\d+$/.test(id)
    ? id
    : problems.invalidValue(field, "is no id in digits", "Write the id's digits, in quotes.");
}

/** One of a few words. */
export function readOneOf<T extends string>(allowed: readonly T[]): Reader<T> {
  const list = allowed.map((one) => `\`${one}\``).join(", ");
  return (field, problems) => {
    const { node } = field;
    if (node.kind !== "scalar" || typeof node.value !== "string")
      return problems.wrongType(field, `one of ${list}`);
    const text = node.value.trim();
    const value = allowed.find((candidate) => candidate === text);
    if (value !== undefined) return value;
    const near = nearName(text, allowed);
    const hint = near === undefined ? "" : `Did you mean \`${near}\`? `;
    const found = `is ${shown(text)}, which is none of its values`;
    return problems.invalidValue(field, found, `${hint}Allowed: ${list}.`);
  };
}

/** A misspelt word is shown; anything longer or with digits may be what nobody should see. */
function shown(text: string): string {
  if (text === "") return "blank";
  return /^[A-Za-z_ -]{1,32}$/.test(text) ? `\`${text}\`` : "text";
}

/** A whole number from 1 on. */
export function readCount(max = Number.MAX_SAFE_INTEGER): Reader<number> {
  const limit = max === Number.MAX_SAFE_INTEGER ? "" : ` to ${String(max)}`;
  const wanted = `a whole number from 1${limit}`;
  return (field, problems) => {
    const { node } = field;
    if (node.kind !== "scalar" || typeof node.value !== "number")
      return problems.wrongType(field, wanted);
    const fits = Number.isInteger(node.value) && node.value >= 1 && node.value <= max;
    return fits
      ? node.value
      : problems.invalidValue(field, `is ${String(node.value)}`, `Write ${wanted}.`);
  };
}
