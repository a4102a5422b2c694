/** Holds a result against what an example expects of it. */
import { nameText } from "../core/identity.js";
import { isJsonArray, isJsonObject, type Json } from "../core/json.js";
import { sha256 } from "../core/digest.js";

/**
 * What is different, a sentence each; empty when the result is as expected. Maps are partial, lists
 * and scalars exact, null is absent, `{sha256: text}` is that text's digest.
 *
 * @param at where in the result, for the sentences; empty at the top
 */
export function differences(
  expected: Json,
  actual: Json | undefined,
  at: string,
): readonly string[] {
  const text = digestedText(expected);
  if (text !== undefined)
    return sha256(text) === actual ? [] : [different(at, `the SHA-256 of ${shown(text)}`, actual)];
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return [different(at, "a map", actual)];
    return Object.entries(expected).flatMap(([name, value]) => {
      const inner = Object.hasOwn(actual, name) ? actual[name] : undefined;
      return differences(value, inner, at === "" ? name : `${at}.${name}`);
    });
  }
  if (isJsonArray(expected)) return listDifferences(expected, actual, at);
  if (expected === null) return (actual ?? null) === null ? [] : [different(at, "absent", actual)];
  return expected === actual ? [] : [different(at, shown(expected), actual)];
}

function listDifferences(
  expected: readonly Json[],
  actual: Json | undefined,
  at: string,
): readonly string[] {
  if (!isJsonArray(actual)) return [different(at, "a list", actual)];
  if (expected.length !== actual.length)
    return [different(at, `a list of ${String(expected.length)}`, actual)];
  return expected.flatMap((item, index) =>
    differences(item, actual[index], `${at}[${String(index)}]`),
  );
}

function digestedText(expected: Json): string | undefined {
  return isJsonObject(expected) && Object.keys(expected).length === 1
    ? nameText(expected["sha256"])
    : undefined;
}

function different(at: string, expected: string, actual: Json | undefined): string {
  const name = at === "" ? "the result" : `\`${at}\``;
  return `${name} should be ${expected} and is ${actual === undefined ? "absent" : shown(actual)}`;
}

const MAX_SHOWN = 120;

/** The record is made up by the mapping's author, so values may be shown; long ones are cut. */
function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
