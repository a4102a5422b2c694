import type { JsonObject } from "../../src/core/json.js";
import { EXAMPLE_REJECTS } from "../../src/mapping/read-examples.js";
import { CONSENT } from "../../src/mapping/own-fields.js";
import { CONFIG_NAMES } from "../../src/mapping/path.js";
import type { ObjectField } from "../fields/field.js";
import {
  node,
  notEmpty,
  type Definitions,
  type SchemaObject,
  type Sentences,
} from "./definitions.js";
import type { FormWriter } from "./form-writer.js";
import { fieldNodes, others, restNode } from "./object-form.js";

/** `event` or `schema`: at least one field, and the rest. */
export function entrySection(
  writer: FormWriter,
  sentences: Sentences,
  field: ObjectField,
): SchemaObject {
  return node(sentences, {
    type: "object",
    ...notEmpty(sentences),
    properties: {
      ...fieldNodes(writer, field.fields, "record"),
      "*": restNode(writer.definitions, "record"),
    },
    ...others(writer, field, "record"),
  });
}

/** `request`: what is the same for every record, so that it has no rest. */
export function requestSection(writer: FormWriter, field: ObjectField): SchemaObject {
  const sentences = {
    description: "The body around the entries: constants and `config.…` paths.",
    errorMessage: "Write a map of the fields that Meta knows beside the entries.",
  };
  return node(sentences, {
    type: "object",
    properties: fieldNodes(writer, field.fields, "request"),
    ...others(writer, field, "request"),
  });
}

/** `require`: fields of the result without which a record is rejected. */
export function requireSection(definitions: Definitions, example: string): JsonObject {
  const sentences = {
    description: "Fields of the result that a record needs, or it is rejected.",
    errorMessage: "Write `any_of` or `all_of` with a list of field names.",
  };
  const names = definitions.ref("field_names", () => {
    const list = {
      description: "Names of fields in the result.",
      errorMessage: `Write a list of field names, such as \`[${example}]\`.`,
    };
    const name = node(list, { type: "string", pattern: "\\S" });
    return node(list, { type: "array", ...notEmpty(list), items: name });
  });
  return node(sentences, {
    type: "object",
    ...notEmpty(sentences),
    properties: {
      any_of: { ...sentences, description: "One of these is enough.", ...names },
      all_of: { ...sentences, description: "All of these are needed.", ...names },
    },
    additionalProperties: false,
  });
}

/** `only_if`: a form that says whether the record may be sent. */
export function onlyIfSection(writer: FormWriter): JsonObject {
  return {
    description: "Whether the record may be sent; what is not true withholds it.",
    errorMessage:
      "Write a path such as `payload.marketing_consent`, or a map that gives a boolean.",
    ...writer.formRef(CONSENT, "record"),
  };
}

/** `examples`: tests that stand in the mapping; `check` runs them. */
export function examplesSection(expected: SchemaObject): SchemaObject {
  const list = {
    description: "Examples that `check` runs.",
    errorMessage: "Write a list of examples.",
  };
  const example = {
    description: "A record, and what is expected of it.",
    errorMessage: "Write `given`, perhaps `config`, and either `expect` or `reject`.",
  };
  return node(list, {
    type: "array",
    items: node(example, {
      type: "object",
      properties: {
        given: node(GIVEN, { type: "object" }),
        config: node(CONFIG, {
          type: "object",
          propertyNames: node(CONFIG, { enum: CONFIG_NAMES }),
          additionalProperties: node(CONFIG, { type: ["string", "number"], pattern: "\\S" }),
        }),
        expect: expected,
        reject: node(REJECT, { enum: EXAMPLE_REJECTS }),
      },
      required: ["given"],
      additionalProperties: false,
      if: { required: ["reject"] },
      then: node(example, {
        propertyNames: node(example, { enum: ["given", "config", "reject"] }),
      }),
      else: node(example, { required: ["expect"] }),
    }),
  });
}

const GIVEN: Sentences = {
  description: "The record.",
  errorMessage: "Write the record as a map.",
};

const CONFIG: Sentences = {
  description: "The configuration that the example runs with.",
  errorMessage: `Write a map of text by configuration key: ${CONFIG_NAMES.map((name) => `\`${name}\``).join(", ")}.`,
};

const REJECT: Sentences = {
  description: "The code of the expected rejection.",
  errorMessage: `A code is one of ${EXAMPLE_REJECTS.map((code) => `\`${code}\``).join(", ")}.`,
};
