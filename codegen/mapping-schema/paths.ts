import { CONFIG_NAMES, hasFields } from "../../src/mapping/path.js";
import { PATH_ROOTS } from "../../src/mapping/shape.js";
import { branch, notEmpty, type Definitions, type Sentences } from "./definitions.js";
import { nameAt, type Place } from "./place.js";

/** A reference to the definition of one path. */
export function pathRef(definitions: Definitions, place: Place) {
  return definitions.ref(nameAt("path", place), () =>
    branch(SENTENCES[place], { type: "string", pattern: pathPattern(place) }),
  );
}

/** A reference to the definition of a list of paths. */
export function pathListRef(definitions: Definitions, place: Place) {
  return definitions.ref(nameAt("path_list", place), () =>
    branch(LIST, {
      type: "array",
      ...notEmpty(LIST),
      items: { ...SENTENCES[place], ...pathRef(definitions, place) },
    }),
  );
}

/** Where fields come from, as opposed to a value: the record, or the element inside `each`. */
export type FieldsPlace = Exclude<Place, "request">;

/** A reference to the definition of one path that has fields, for a rest. */
export function fieldsPathRef(definitions: Definitions, place: FieldsPlace) {
  return definitions.ref(nameAt("fields_path", place), () =>
    branch(FIELDS_SENTENCES, { type: "string", pattern: `^${nestedPattern(place)}$` }),
  );
}

/** A reference to the definition of a list of such paths. */
export function fieldsPathListRef(definitions: Definitions, place: FieldsPlace) {
  return definitions.ref(nameAt("fields_path_list", place), () =>
    branch(LIST, {
      type: "array",
      ...notEmpty(LIST),
      items: { ...FIELDS_SENTENCES, ...fieldsPathRef(definitions, place) },
    }),
  );
}

const LIST: Sentences = {
  description: "Paths, of which the first that is not blank counts.",
  errorMessage: "Name at least one path; a list holds only paths.",
};

const FIELDS_SENTENCES: Sentences = {
  description: "A path to an object, such as `payload`, whose fields are taken.",
  errorMessage: "Name a path that has fields, such as `payload` or `payload.custom_data`.",
};

const PART = "\\.(?!__proto__(?:\\.|$))[A-Za-z0-9_$-]+";
const CONFIG = `config\\.(?:${CONFIG_NAMES.join("|")})`;

function pathPattern(place: Place): string {
  if (place === "request") return `^${CONFIG}$`;
  const plain = PATH_ROOTS.filter((root) => root !== "config" && !hasFields(root));
  return `^(?:${plain.join("|")}|${CONFIG}|${nestedPattern(place)})$`;
}

function nestedPattern(place: FieldsPlace): string {
  const roots = PATH_ROOTS.filter(hasFields).filter((root) => root !== "item" || place === "each");
  return `(?:${roots.join("|")})(?:${PART})*`;
}

const CONFIG_PATHS = CONFIG_NAMES.map((name) => `\`config.${name}\``).join(", ");

const ROOTS =
  "Paths start with `payload.`, `key.` or `config.`, or are one of `event_name`, `event_type`, `occurred_at`, `identity`, `operation`, `target`";

const SENTENCES: Readonly<Record<Place, Sentences>> = {
  record: {
    description: "A path into the record, such as `payload.total`.",
    errorMessage: `This is not a path. ${ROOTS}; for the text itself write \`{value: …}\`.`,
  },
  each: {
    description:
      "A path into the element of the list, such as `item.sku`, or into the record, such as `payload.total`.",
    errorMessage: `This is not a path. ${ROOTS}, and inside \`each\` also with \`item.\`; for the text itself write \`{value: …}\`.`,
  },
  request: {
    description: "A path into the configuration, such as `config.test_event_code`.",
    errorMessage: `What stands in \`request\` is the same for every record: write \`{value: …}\` or one of ${CONFIG_PATHS}.`,
  },
};
