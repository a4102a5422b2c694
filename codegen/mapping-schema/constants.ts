import type { JsonObject } from "../../src/core/json.js";
import type { Field, ScalarField } from "../fields/field.js";
import {
  branch,
  node,
  type Definitions,
  type SchemaObject,
  type Sentences,
} from "./definitions.js";
import { fieldName, type Components } from "./field-name.js";

/** A reference to a constant of any type: what `default` and `map` give. */
export function anyConstantRef(definitions: Definitions) {
  return definitions.ref("constant", () => listOrSingle(ANY, PLAIN, PLAIN));
}

/** A reference to a constant that a field can take; its own words are offered for completion. */
export function constantRef(definitions: Definitions, field: Field, components: Components) {
  const single = field.kind === "array" ? field.items : field;
  if (!isScalar(single)) return anyConstantRef(definitions);
  return definitions.ref(`${fieldName(field, components)}_constant`, () => {
    const scalar = { ...SCALARS[single.kind], ...words(single) };
    const sentences = sentencesOf(single);
    // The text of a JSON list stands for the list.
    return field.kind === "array"
      ? listOrSingle(sentences, scalar, { ...PLAIN, ...words(single) })
      : node(sentences, scalar);
  });
}

function isScalar(field: Field): field is ScalarField {
  return Object.hasOwn(SCALARS, field.kind);
}

function listOrSingle(sentences: Sentences, item: JsonObject, single: JsonObject): SchemaObject {
  return node(sentences, {
    if: { type: "array" },
    then: branch(sentences, { items: node(sentences, item) }),
    else: branch(sentences, single),
  });
}

/** Meta's words, as suggestions: what the steps make of a constant only the compiler can judge. */
function words(field: ScalarField): JsonObject {
  return field.enum === undefined ? {} : { examples: field.enum };
}

function sentencesOf(field: ScalarField): Sentences {
  const wanted = WANTED[field.kind];
  const known = field.enum === undefined ? "" : ` Meta knows ${field.enum.join(", ")}.`;
  return {
    description: `A constant: ${wanted}.${known}`,
    errorMessage: `A constant here is ${wanted}, and never empty; to omit the field, remove its line.`,
  };
}

const PLAIN = { type: ["string", "number", "boolean"], pattern: "\\S" };

const ANY: Sentences = {
  description: "A constant: text, a number, a boolean, or a list of those.",
  errorMessage:
    "A constant is text, a number, a boolean, or a list of those, and never empty; to omit the field, remove its line.",
};

const DECIMAL = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?";

const SCALARS: Readonly<Record<ScalarField["kind"], JsonObject>> = {
  string: { type: ["string", "number"], pattern: "\\S" },
  integer: { type: ["string", "integer"], pattern: `^\\s*${DECIMAL}\\s*$` },
  number: { type: ["string", "number"], pattern: `^\\s*${DECIMAL}\\s*$` },
  boolean: {
    type: ["string", "number", "boolean"],
    pattern: "^\\s*(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0)\\s*$",
    minimum: 0,
    maximum: 1,
    multipleOf: 1,
  },
  unix_seconds: { type: ["string", "number"], pattern: "\\S" },
};

const WANTED: Readonly<Record<ScalarField["kind"], string>> = {
  string: "text or a number",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  unix_seconds: "an RFC 3339 time with a zone, or Unix seconds",
};
