/** How an example's result differs, for a person: a line for each place. */
import { sha256 } from "../core/digest.js";
import { oneLine } from "../core/diagnostic.js";
import { nameText } from "../core/identity.js";
import { isJsonArray, isJsonObject, type Json } from "../core/json.js";
import type { Example } from "../mapping/form.js";
import { digestedText, type Difference, type Wanted } from "./expectation.js";

/** More say no more than that the example is about something else. */
const MAX_LINES = 20;

/**
 * A line for each difference: `place: expected …, got …`. Every value comes from the example, which
 * its author made up; a digest of a text that stands in the example is shown as that text's.
 */
export function differenceLines(
  found: readonly Difference[],
  { given, expected }: Example,
): readonly string[] {
  const digests = new Map<string, string>();
  collectDigests(given, digests);
  if (expected.kind === "result") collectDigests(expected.expect, digests);
  const lines = found.slice(0, MAX_LINES).map(({ at, expected: wanted, got }) => {
    const place = at === "" ? "the result" : at;
    return oneLine(`${place}: expected ${wantedText(wanted)}, got ${gotText(got, digests)}`);
  });
  const more = found.length - lines.length;
  return more > 0 ? [...lines, `and ${String(more)} more`] : lines;
}

function collectDigests(value: Json, digests: Map<string, string>): void {
  const text = digestedText(value) ?? nameText(value);
  if (text !== undefined) digests.set(sha256(text), text);
  if (isJsonArray(value)) for (const item of value) collectDigests(item, digests);
  if (isJsonObject(value)) for (const inner of Object.values(value)) collectDigests(inner, digests);
}

function wantedText(wanted: Wanted): string {
  switch (wanted.kind) {
    case "value":
      return cut(JSON.stringify(wanted.value));
    case "digest":
      return digestText(wanted.text);
    case "shape":
      return wanted.words;
  }
}

function gotText(got: Json | undefined, digests: ReadonlyMap<string, string>): string {
  if (got === undefined) return "nothing";
  const text = JSON.stringify(got).replace(/"([0-9a-f]{64})"/g, (quoted, digest: string) => {
    const digested = digests.get(digest);
    return digested === undefined ? quoted : digestText(digested);
  });
  return cut(text);
}

function digestText(text: string): string {
  return `sha256 of ${cut(JSON.stringify(text))}`;
}

const MAX_SHOWN = 120;

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
