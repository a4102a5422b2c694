import type { Json } from "../core/json.js";
import { violationText } from "../core/violation-text.js";
import type { Bounds } from "../generated/fields.js";

/**
 * What is wrong with a value by the bounds of its field: the end of a sentence about the value, in the
 * words in which records are refused.
 *
 * @param value of the field's type: only texts and numbers have bounds
 */
export function boundsFault(value: Json, bounds: Bounds): string | undefined {
  return typeof value === "string" ? textFault(value, bounds) : numberFault(Number(value), bounds);
}

function textFault(text: string, { pattern, maxLength }: Bounds): string | undefined {
  // As JSON Schema counts: characters, not the units of UTF-16.
  if (maxLength !== undefined && Array.from(text).length > maxLength)
    return violationText("maxLength", { limit: maxLength });
  return pattern === undefined || new RegExp(pattern, "u").test(text)
    ? undefined
    : violationText("pattern", { pattern });
}

function numberFault(number: number, { minimum, maximum }: Bounds): string | undefined {
  if (minimum !== undefined && number < minimum)
    return violationText("minimum", { limit: minimum });
  return maximum !== undefined && number > maximum
    ? violationText("maximum", { limit: maximum })
    : undefined;
}
