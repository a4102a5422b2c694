/** What a field takes, in words: the same in messages, in the schema of editors and in the reference. */
import type { Field, ScalarField } from "../generated/fields.js";
import { CUSTOM_PROPERTY } from "./own-fields.js";
import { quotedList } from "./problems.js";

/** More words than these bury a message. */
const MAX_WORDS = 6;

/**
 * What a field takes, as the end of a sentence.
 *
 * @example typePhrase(custom_data.value) // "a number"
 */
export function typePhrase(field: Field): string {
  switch (field.kind) {
    case "any":
      return "any value";
    case "object":
      return "an object";
    case "tuple":
      return `a list of ${String(field.positions.length)} named positions`;
    case "array":
      return `a list of ${PLURALS[field.items.kind]}${listed(field.items)}`;
    default:
      return `${scalarPhrase(field)}${boundsPhrase(field)}`;
  }
}

/**
 * The end of a message about a field: what it takes, and what it is in the spec's own words; empty
 * for a custom property, of which the spec says neither.
 */
export function fieldTakes(field: Field): string {
  if (field === CUSTOM_PROPERTY) return "";
  return `; the field takes ${typePhrase(field)}: "${firstSentence(field.description)}"`;
}

/** What a list field takes one of; any other field itself. */
export function singleOf(field: Field): Field {
  return field.kind === "array" ? field.items : field;
}

/** Whether a normaliser, which works on text, has a place at a field. */
export function takesText(field: Field): boolean {
  const { kind } = singleOf(field);
  return kind === "string" || kind === "any";
}

/** The first sentence of a description, without its full stop. */
export function firstSentence(description: string): string {
  const [first = ""] = description.split(/(?<=\.)\s/, 1);
  return first.replace(/\.$/, "");
}

const SINGULARS: Readonly<Record<ScalarField["kind"], string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  unix_seconds: "a time, which goes out in Unix seconds",
};

const PLURALS: Readonly<Record<Field["kind"], string>> = {
  string: "texts",
  integer: "whole numbers",
  number: "numbers",
  boolean: "truth values",
  unix_seconds: "times",
  any: "any values",
  array: "lists",
  tuple: "lists",
  object: "objects",
};

function scalarPhrase(field: ScalarField): string {
  if (field.enum !== undefined) return `one of ${wordList(field.enum)}`;
  return field.hash === "required" ? "text, which goes out as its SHA-256" : SINGULARS[field.kind];
}

function listed(items: Field): string {
  if (items.hash === "required") return ", each of which goes out as its SHA-256";
  return "enum" in items ? ` out of ${wordList(items.enum)}` : "";
}

/** Whether {@link typePhrase} lists all of these words. */
export function wordsShown(words: readonly string[]): boolean {
  return words.length <= MAX_WORDS;
}

function wordList(words: readonly string[]): string {
  if (wordsShown(words)) return quotedList(words);
  const more = words.length - MAX_WORDS;
  return `${quotedList(words.slice(0, MAX_WORDS))} and ${String(more)} more`;
}

function boundsPhrase({ bounds = {} }: ScalarField): string {
  // The form of a text is what its description says in words.
  const { maxLength, minimum, maximum } = bounds;
  return [
    maxLength === undefined ? "" : ` of at most ${String(maxLength)} characters`,
    minimum === undefined ? "" : ` from ${String(minimum)}${maximum === undefined ? " on" : ""}`,
    maximum === undefined ? "" : ` ${minimum === undefined ? "up " : ""}to ${String(maximum)}`,
  ].join("");
}
