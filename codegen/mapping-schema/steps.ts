import type { JsonObject } from "../../src/core/json.js";
import { AS_TYPES } from "../../src/mapping/form.js";
import { NORMALIZER_NAMES } from "../../src/normalize/index.js";
import type { Field } from "../fields/field.js";
import { anyConstantRef } from "./constants.js";
import { branch, node, notEmpty, type Definitions } from "./definitions.js";

const MAP = {
  description: "What the texts of the data become; a text that is not listed is blank.",
  errorMessage: "Write at least one pair of a text and what it becomes.",
};

/** `map`: from the text of a value to what it becomes. */
export function mapRef(definitions: Definitions) {
  return definitions.ref("map", () =>
    node(MAP, {
      type: "object",
      ...notEmpty(MAP),
      additionalProperties: anyConstantRef(definitions),
    }),
  );
}

/** `default`: what stands in for a blank or unmatched value. */
export function defaultRef(definitions: Definitions): JsonObject {
  return {
    description: "The constant that stands in for a blank or unmatched value.",
    errorMessage: "A default is text, a number, a boolean, or a list of those.",
    ...anyConstantRef(definitions),
  };
}

/** `normalize`: one name or several; alternatives, since editors complete neither otherwise. */
export function normalizeRef(definitions: Definitions) {
  return definitions.ref("normalize", () => {
    const names = definitions.ref("normalizer", () =>
      branch(NORMALIZER, { enum: NORMALIZER_NAMES }),
    );
    const list = branch(NORMALIZER, { type: "array", ...notEmpty(NORMALIZER), items: names });
    return node(NORMALIZER, { anyOf: [names, list] });
  });
}

const NORMALIZER = {
  description: "How the text is normalised: a name, or a list of names that run in their order.",
  errorMessage: `A normaliser is one of ${NORMALIZER_NAMES.map((name) => `\`${name}\``).join(", ")}, or a list of those.`,
};

/** `hash`: SHA-256 is the only one. */
export function hashRef(definitions: Definitions) {
  return definitions.ref("hash", () =>
    node(
      {
        description: "Sends the SHA-256 of the value; a digest in the data is kept.",
        errorMessage: "Meta takes SHA-256 only: write `hash: sha256`.",
      },
      { const: "sha256" },
    ),
  );
}

/** `as`: the field's own type, or any for a custom property; nothing where a field has no word. */
export function asRef(definitions: Definitions, field: Field): JsonObject | undefined {
  const type = typeOf(field);
  if (type === undefined) return undefined;
  return type === "any"
    ? definitions.ref("as", () =>
        node(
          {
            description: "The type of the custom property.",
            errorMessage: `A type is one of ${AS_TYPES.map((name) => `\`${name}\``).join(", ")}.`,
          },
          { enum: AS_TYPES },
        ),
      )
    : definitions.ref(`as_${type}`, () =>
        node(
          {
            description: `The field's own type, \`${type}\`, repeated for the reader.`,
            errorMessage: `The field has a type of its own: remove \`as\`, or write \`as: ${type}\`.`,
          },
          { const: type },
        ),
      );
}

function typeOf(field: Field): string | undefined {
  if (field.kind === "array") return typeOf(field.items);
  return field.kind === "object" || field.kind === "tuple" ? undefined : field.kind;
}
