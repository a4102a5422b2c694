import type { Field, TupleField } from "../fields/field.js";
import { branch } from "./definitions.js";
import { pathsOr } from "./dispatch.js";
import { fieldName } from "./field-name.js";
import type { FormWriter } from "./form-writer.js";
import { fieldNodes } from "./object-form.js";
import { nameAt, type Place } from "./place.js";

/** A reference to what can stand at a list with named positions: the names, or a path to it all. */
export function tupleFormRef(writer: FormWriter, field: TupleField, place: Place) {
  const { definitions, components } = writer;
  return definitions.ref(nameAt(fieldName(field, components), place), () => {
    const sentences = {
      description: field.description,
      errorMessage: "Write a map of the named positions, or a path to the whole list.",
    };
    const positions: Readonly<Record<string, Field>> = Object.fromEntries(
      field.positions.map((position) => [position.name, position.field]),
    );
    const map = {
      type: "object",
      properties: fieldNodes(writer, positions, place),
      additionalProperties: false,
    };
    return pathsOr(definitions, place, sentences, branch(sentences, map));
  });
}
