import type { Json } from "../core/json.js";
import { violationText } from "../core/violation-text.js";
import type { Bounds } from "../generated/fields.js";

/** What is wrong with a value: the end of a sentence about it, in the words in which records are refused. */
export type BoundsFault = (value: Json) => string | undefined;

/** Holds values of a field's type to its bounds: only texts and numbers have any. */
export function boundsFault(bounds: Bounds): BoundsFault {
  const textFault = textFaultOf(bounds);
  return (value) =>
    typeof value === "string" ? textFault(value) : numberFault(Number(value), bounds);
}

function textFaultOf({ pattern, maxLength }: Bounds): (text: string) => string | undefined {
  const form = pattern === undefined ? undefined : new RegExp(pattern, "u");
  return (text) => {
    // As JSON Schema counts: characters, not the units of UTF-16.
    if (maxLength !== undefined && Array.from(text).length > maxLength)
      return violationText("maxLength", { limit: maxLength });
    return form?.test(text) === false ? violationText("pattern", { pattern }) : undefined;
  };
}

function numberFault(number: number, bounds: Bounds): string | undefined {
  const { minimum, maximum, enum: allowedValues } = bounds;
  if (allowedValues?.includes(number) === false) return violationText("enum", { allowedValues });
  if (minimum !== undefined && number < minimum)
    return violationText("minimum", { limit: minimum });
  return maximum !== undefined && number > maximum
    ? violationText("maximum", { limit: maximum })
    : undefined;
}
