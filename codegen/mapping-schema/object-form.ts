import type { JsonObject } from "../../src/core/json.js";
import type { Field, ObjectField } from "../fields/field.js";
import { branch, node, notEmpty, type Definitions, type Sentences } from "./definitions.js";
import { CUSTOM_PROPERTY } from "../../src/mapping/own-fields.js";
import { quotedList } from "../../src/mapping/problems.js";
import { fieldsOr } from "./dispatch.js";
import type { FieldsPlace } from "./paths.js";
import { fieldName } from "./field-name.js";
import { fieldSentences } from "./field-sentences.js";
import type { FormWriter } from "./form-writer.js";
import { nameAt, type Place } from "./place.js";

/** A reference to what can stand at an object: its fields, or a path that brings them all. */
export function objectFormRef(writer: FormWriter, field: ObjectField, place: Place) {
  const { definitions, components } = writer;
  return definitions.ref(nameAt(fieldName(field, components), place), () => {
    const fields = fieldNodes(writer, field.fields, place);
    const map = { type: "object", ...others(writer, field, place) };
    // What is the same for every record comes from no record: there is no rest, and no path.
    if (place === "request") return node(sentencesOf(field), { ...map, properties: fields });
    const properties = { ...fields, "*": restNode(definitions, place) };
    const sentences = sentencesOf(field);
    return fieldsOr(definitions, place, sentences, branch(sentences, { ...map, properties }));
  });
}

/** Each field with its sentences. */
export function fieldNodes(
  writer: FormWriter,
  fields: Readonly<Record<string, Field>>,
  place: Place,
): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      {
        ...fieldSentences(name, field),
        ...writer.formRef(field, place),
      },
    ]),
  );
}

/** What may stand beside the known fields: nothing in a closed object, custom properties else. */
export function others(writer: FormWriter, { open }: ObjectField, place: Place): JsonObject {
  return {
    additionalProperties: open
      ? {
          description: "A custom property, of whatever type its value has.",
          errorMessage:
            "A custom property takes a path such as `payload.tier`, a list of paths, or a map with one of `value`, `from`, `identifier`, `each` and then steps.",
          ...writer.formRef(CUSTOM_PROPERTY, place),
        }
      : false,
  };
}

/** `"*"`: where the fields come from that are not written out. */
export function restNode(definitions: Definitions, place: FieldsPlace): JsonObject {
  return {
    description: "Where every field comes from that is not written out.",
    errorMessage: REST.errorMessage,
    ...definitions.ref(nameAt("rest", place), () =>
      fieldsOr(definitions, place, REST, fromExcept(definitions, place)),
    ),
  };
}

function fromExcept(definitions: Definitions, place: FieldsPlace) {
  const from = {
    description: "The path whose fields are taken, or paths of which the first that has one wins.",
    errorMessage: "Write a path such as `payload`, or a list of paths.",
  };
  const except = {
    description: "Fields of the result that the rest does not bring.",
    errorMessage: "Write a list of field names.",
  };
  return branch(REST, {
    type: "object",
    properties: {
      from: fieldsOr(definitions, place, from, branch(from, { type: ["string", "array"] })),
      except: node(except, {
        type: "array",
        ...notEmpty(except),
        items: node(except, { type: "string" }),
      }),
    },
    required: ["from"],
    additionalProperties: false,
  });
}

const REST: Sentences = {
  description: "The rest: a path, a list of paths, or `from` with `except`.",
  errorMessage: "Write a path such as `payload`, a list of paths, or `{from: …, except: [names]}`.",
};

function sentencesOf({ description, open, fields }: ObjectField): Sentences {
  return {
    description,
    errorMessage: open
      ? "Write a map of fields, or a path that brings them all."
      : `Meta knows these fields here: ${shortened(Object.keys(fields))}. Write a map of them, or a path that brings them all.`,
  };
}

/** Longer lists bury the message; completion has them all. */
const MAX_LISTED = 36;

function shortened(names: readonly string[]): string {
  const more = names.length - MAX_LISTED;
  return more > 0
    ? `${quotedList(names.slice(0, MAX_LISTED))} and ${String(more)} more`
    : quotedList(names);
}
