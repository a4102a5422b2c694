/** Holds a result against what an example expects of it. */
import { nameText } from "../core/identity.js";
import { isJsonArray, isJsonObject, type Json } from "../core/json.js";
import { sha256 } from "../core/digest.js";

/** A place of a result that is not as an example expects it. */
export interface Difference {
  /** Such as `user_data.em[0]`; empty for the whole result. */
  readonly at: string;
  readonly expected: Wanted;
  /** `undefined` when there is nothing. */
  readonly got: Json | undefined;
}

/** What is expected at one place. */
export type Wanted =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "digest"; readonly text: string }
  /** `words` stand in a sentence. */
  | { readonly kind: "shape"; readonly words: string };

/**
 * What is different; empty when the result is as expected. Maps are partial, lists and scalars
 * exact, null is absent, `{sha256: text}` is that text's digest.
 *
 * @param at where in the result; empty at the top
 */
export function differences(
  expected: Json,
  got: Json | undefined,
  at: string,
): readonly Difference[] {
  const text = digestedText(expected);
  if (text !== undefined)
    return sha256(text) === got ? [] : [{ at, expected: { kind: "digest", text }, got }];
  if (isJsonObject(expected)) {
    if (!isJsonObject(got)) return [{ at, expected: shape("a map"), got }];
    return Object.entries(expected).flatMap(([name, value]) => {
      const inner = Object.hasOwn(got, name) ? got[name] : undefined;
      return differences(value, inner, at === "" ? name : `${at}.${name}`);
    });
  }
  if (isJsonArray(expected)) return listDifferences(expected, got, at);
  if (expected === null)
    return (got ?? null) === null ? [] : [{ at, expected: shape("nothing"), got }];
  return expected === got ? [] : [{ at, expected: { kind: "value", value: expected }, got }];
}

function listDifferences(
  expected: readonly Json[],
  got: Json | undefined,
  at: string,
): readonly Difference[] {
  if (!isJsonArray(got)) return [{ at, expected: shape("a list"), got }];
  if (expected.length !== got.length)
    return [{ at, expected: shape(`a list of ${String(expected.length)}`), got }];
  return expected.flatMap((item, index) =>
    differences(item, got[index], `${at}[${String(index)}]`),
  );
}

function shape(words: string): Wanted {
  return { kind: "shape", words };
}

/** The text of `{sha256: text}`. */
export function digestedText(expected: Json): string | undefined {
  return isJsonObject(expected) && Object.keys(expected).length === 1
    ? nameText(expected["sha256"])
    : undefined;
}
