/** The short way that nearly every text takes through the last steps. */
import { sha256 } from "../core/digest.js";
import type { Json } from "../core/json.js";
import { SHORTEST_GIVEN_DIGEST } from "../normalize/given-digest.js";
import { runNormalizers } from "../normalize/run-normalizers.js";
import { elementOf, isTextual } from "./finish.js";
import type { ValueForm } from "./form.js";
import { remembering } from "./remembering.js";

/**
 * What becomes of a text which is no digest and of which nothing is to be counted; `undefined` for any
 * other value, with which the long way deals.
 */
export type QuickText = (value: Json, country: string | undefined) => string | undefined;

/** Compiles the short way; `undefined` for a form that fills its field with something other than text. */
export function quickText(form: ValueForm): QuickText | undefined {
  const { steps } = form;
  if ((elementOf(form) ?? form.field).kind !== "string") return undefined;
  if (!isTextual(steps)) return textOf;
  const { normalize, hash } = steps;
  const finish = remembering((text, country) => {
    const normalized = normalize.length === 0 ? text : runNormalizers(normalize, text, country);
    if (typeof normalized !== "string") return undefined;
    return hash ? sha256(normalized) : normalized.trim();
  });
  return (value, country) => {
    const text = textOf(value);
    return text === undefined || text.length >= SHORTEST_GIVEN_DIGEST
      ? undefined
      : finish(text, country);
  };
}

function textOf(value: Json): string | undefined {
  return typeof value === "string" ? value.trim() || undefined : undefined;
}
