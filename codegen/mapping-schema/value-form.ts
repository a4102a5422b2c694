import type { JsonObject } from "../../src/core/json.js";
import { COUNTRY } from "../../src/mapping/own-fields.js";
import { takesText } from "../../src/mapping/field-type.js";
import type { AnyField, ArrayField, Field, ScalarField } from "../fields/field.js";
import { constantRef } from "./constants.js";
import { branch, node, notEmpty, type SchemaObject, type Sentences } from "./definitions.js";
import { byType, pathsOr } from "./dispatch.js";
import { fieldName } from "./field-name.js";
import type { FormWriter } from "./form-writer.js";
import { pathRef } from "./paths.js";
import { nameAt, type Place } from "./place.js";
import { asRef, defaultRef, hashRef, mapRef, normalizeRef } from "./steps.js";

/** A field that takes one value or a list of values. */
export type ValueField = ScalarField | AnyField | ArrayField;

/** A reference to what can stand at such a field. */
export function valueFormRef(writer: FormWriter, field: ValueField, place: Place) {
  const { definitions, components } = writer;
  return definitions.ref(nameAt(fieldName(field, components), place), () => {
    const expression = expressionNode(writer, field, place);
    return field.hash === "required" || !readsPaths(field, place)
      ? { ...sentencesOf(field, place), ...expression }
      : pathsOr(definitions, place, sentencesOf(field, place), expression);
  });
}

/** Of the configuration a mapping reads text only. */
function readsPaths(field: Field, place: Place): boolean {
  if (field.kind === "array") return readsPaths(field.items, place);
  return place !== "request" || field.kind === "string" || field.kind === "any";
}

const STEPS = ["map", "default", "normalize", "country", "hash", "as"];
const CONSTANT_STEPS = ["normalize", "country", "hash", "as"];

/** Exactly one of the sources, and the steps that may stand beside it. */
function expressionNode(writer: FormWriter, field: ValueField, place: Place): SchemaObject {
  const { definitions } = writer;
  const sources = sourceKeys(writer, field, place);
  const as = field.hash === "required" ? undefined : asRef(definitions, field);
  const steps = {
    map: mapRef(definitions),
    default: defaultRef(definitions),
    ...(takesText(field) ? textSteps(writer, place) : {}),
    ...(field.hash === "never" ? {} : { hash: hashRef(definitions) }),
    ...(as === undefined ? {} : { as }),
  };
  const hashed = field.hash === "required" ? ["hash"] : [];
  return branch(sentencesOf(field, place), {
    type: "object",
    properties: { ...sources, ...steps },
    dependencies: dependencies(field, as !== undefined),
    ...bySource(Object.keys(sources), Object.keys(steps), hashed),
  });
}

/** A normaliser works on text, so that it has no place at a number. */
function textSteps(writer: FormWriter, place: Place): JsonObject {
  return {
    normalize: normalizeRef(writer.definitions),
    country: {
      description: "A form that gives the normaliser the country.",
      errorMessage: "Write a path or a map such as `{identifier: country, default: US}`.",
      ...valueFormRef(writer, COUNTRY, place),
    },
  };
}

function dependencies(field: ValueField, hasType: boolean): JsonObject {
  const text = takesText(field);
  return {
    ...(text ? { country: NORMALIZED } : { identifier: IDENTIFIER_MAPPED }),
    ...(hasType ? { as: AS_ALONE } : {}),
  };
}

const IDENTIFIER_MAPPED = branch(
  {
    description: "An identifier is text, which only `map` makes something else of.",
    errorMessage:
      "An identifier is text that names a person: name a path, or add a `map` to what the field takes.",
  },
  { required: ["map"] },
);

function sourceKeys(writer: FormWriter, field: ValueField, place: Place): JsonObject {
  const { definitions, components } = writer;
  const value = constantRef(definitions, field, components);
  if (!readsPaths(field, place)) return { value };
  if (place === "request") return { value, from: fromRef(writer, place) };
  const single = { value, from: fromRef(writer, place), identifier: identifierRef(writer) };
  if (field.kind !== "array" && field.kind !== "any") return single;
  return {
    ...single,
    each: {
      description: "The list of which every element becomes an entry.",
      errorMessage: "Write one path, such as `payload.items`.",
      ...pathRef(definitions, place),
    },
    item: {
      description: "What each element becomes; `item` is the element.",
      errorMessage: "Write a form, such as `item.sku`, or a map of fields.",
      ...writer.formRef(field.kind === "array" ? field.items : field, "each"),
    },
  };
}

const ALONE: Sentences = {
  description: "A digest is text and stays so: `as` stands without `hash`.",
  errorMessage: "A digest is text and stays so: remove `hash` or `as`.",
};

const NORMALIZED = branch(
  {
    description: "`country` tells a normaliser the country.",
    errorMessage: "`country` tells a normaliser the country: add `normalize`, or remove it.",
  },
  { required: ["normalize"] },
);

const AS_ALONE = branch(ALONE, { propertyNames: { ...ALONE, pattern: "^(?!hash$)" } });

/** Which keys may stand together, decided by the first source that is there. */
function bySource(
  sources: readonly string[],
  known: readonly string[],
  required: readonly string[],
): JsonObject {
  const [source, ...others] = sources;
  // None of them is there, and the one that is asked for is one that can be.
  if (source === undefined) return { ...NO_SOURCE, required: ["value"] };
  const steps = (source === "value" ? CONSTANT_STEPS : STEPS).filter((step) =>
    known.includes(step),
  );
  const beside = source === "item" || source === "each" ? ["each", "item"] : [source, ...steps];
  const needed = source === "each" ? ["item"] : source === "item" ? ["each"] : required;
  const together = `Beside \`${source}\` stand only ${beside
    .filter((key) => key !== source)
    .map((key) => `\`${key}\``)
    .join(", ")}.`;
  const sentences = { description: together, errorMessage: together };
  const lacking = { ...sentences, errorMessage: NEEDED[needed[0] ?? ""] ?? together };
  return {
    if: { required: [source] },
    then: branch(lacking, { propertyNames: node(sentences, { enum: beside }), required: needed }),
    else: branch(NO_SOURCE, bySource(others, known, required)),
  };
}

const NO_SOURCE: Sentences = {
  description: "Where the value comes from.",
  errorMessage: "Write exactly one of `value`, `from`, `identifier`, `each`.",
};

const NEEDED: Readonly<Record<string, string>> = {
  hash: "Meta takes this field hashed only: add `hash: sha256`.",
  item: "Say in `item` what each element becomes.",
  each: "Say in `each` which list it is about.",
};

function fromRef(writer: FormWriter, place: Place) {
  const sentences = {
    description: "The path of the value, or paths of which the first that is not blank gives it.",
    errorMessage: "Write a path such as `payload.total`, or a list of paths.",
  };
  return writer.definitions.ref(nameAt("source", place), () =>
    pathsOr(writer.definitions, place, sentences, branch(sentences, { type: ["string", "array"] })),
  );
}

function identifierRef({ definitions }: FormWriter) {
  const sentences = {
    description: "An identifier type, or types of which the first that has values gives them all.",
    errorMessage: "Write a type such as `email`, or a list of types.",
  };
  const type = { type: "string", pattern: "\\S" };
  return definitions.ref("identifier", () =>
    byType(sentences, {
      text: branch(sentences, type),
      list: branch(sentences, { ...notEmpty(sentences), items: node(sentences, type) }),
      other: branch(sentences, { type: ["string", "array"] }),
    }),
  );
}

function sentencesOf(field: ValueField, place: Place): Sentences {
  if (field.hash === "required") return HASHED_ONLY;
  if (!readsPaths(field, place)) return CONSTANT_ONLY;
  return place === "request" ? SAME_FOR_ALL : PLAIN[field.kind === "array" ? "list" : "single"];
}

const HASHED_ONLY: Sentences = {
  description: "A value that Meta takes hashed only.",
  errorMessage:
    "Meta takes this hashed only: write a map such as `{identifier: …, normalize: …, hash: sha256}`.",
};

const CONSTANT_ONLY: Sentences = {
  description: "A constant: the configuration holds text only, which this field does not take.",
  errorMessage: "Write `{value: …}`.",
};

const SAME_FOR_ALL: Sentences = {
  description: "A value that is the same for every record: a constant or a `config.…` path.",
  errorMessage: "Write `{value: …}` or a path such as `config.test_event_code`.",
};

const PLAIN: Readonly<Record<"single" | "list", Sentences>> = {
  single: {
    description: "A path, a list of paths, or a map that says where the value comes from.",
    errorMessage:
      "Write a path such as `payload.total`, a list of paths, or a map with one of `value`, `from`, `identifier` and then steps; for the value itself write `{value: …}`.",
  },
  list: {
    description: "A path, a list of paths, or a map that says where the values come from.",
    errorMessage:
      "Write a path such as `payload.ids`, a list of paths, or a map with one of `value`, `from`, `identifier`, `each` and then steps.",
  },
};
