import type { Json } from "../core/json.js";
import { ConversionFault, isBlank } from "./convert-scalar.js";
import { setFault, type Scope } from "./scope.js";
import type { ReadAll, Shape } from "./shape.js";

/**
 * All values of an identifier type, in record order; numbers as their decimals. `undefined` where no
 * record has any.
 */
export function identifierReader<B>(
  type: string,
  shape: Shape<B>,
): ((scope: Scope<B>) => readonly Json[]) | undefined {
  const read = shape.identifiers(type);
  return read && ((scope) => textsOf(type, read, scope));
}

function textsOf<B>(type: string, read: ReadAll<B>, scope: Scope<B>): readonly Json[] {
  const values = read(scope.batch, scope.index);
  if (values.every(isTrimmed)) return values;
  const texts: string[] = [];
  for (const value of values) {
    if (isBlank(value)) continue;
    if (typeof value === "string") texts.push(value.trim());
    else if (typeof value === "number" && Number.isSafeInteger(value)) texts.push(String(value));
    else setFault(scope, `identifiers.${type}`, NOT_AN_IDENTIFIER);
  }
  return texts;
}

/** A text without blanks around it, as nearly all values are. */
function isTrimmed(value: Json): value is string {
  return typeof value === "string" && value !== "" && value.trim() === value;
}

const NOT_AN_IDENTIFIER = new ConversionFault(
  "has a value that is neither text nor a whole number",
  "invalid_identifier",
);
