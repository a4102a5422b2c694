import type { JsonObject } from "../../src/core/json.js";
import {
  branch,
  node,
  type Definitions,
  type SchemaObject,
  type Sentences,
} from "./definitions.js";
import {
  fieldsPathListRef,
  fieldsPathRef,
  pathListRef,
  pathRef,
  type FieldsPlace,
} from "./paths.js";
import type { Place } from "./place.js";

/** The three shapes that most nodes of a mapping can have. */
interface Shapes {
  readonly text: JsonObject;
  readonly list: JsonObject;
  readonly other: SchemaObject;
}

/**
 * Text, else a list, else the rest. `anyOf` would make an editor report the errors of every
 * alternative at once, and lose completion.
 */
export function byType(sentences: Sentences, { text, list, other }: Shapes): SchemaObject {
  return node(sentences, {
    if: { type: "string" },
    then: text,
    else: branch(sentences, { if: { type: "array" }, then: list, else: other }),
  });
}

/** A path, a list of paths, or something else. */
export function pathsOr(
  definitions: Definitions,
  place: Place,
  sentences: Sentences,
  other: SchemaObject,
): SchemaObject {
  const text = pathRef(definitions, place);
  return byType(sentences, { text, list: pathListRef(definitions, place), other });
}

/** A path whose fields are taken, a list of such paths, or something else. */
export function fieldsOr(
  definitions: Definitions,
  place: FieldsPlace,
  sentences: Sentences,
  other: SchemaObject,
): SchemaObject {
  const text = fieldsPathRef(definitions, place);
  return byType(sentences, { text, list: fieldsPathListRef(definitions, place), other });
}
