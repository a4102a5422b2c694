/** What an editor shows of a field of Meta's. */
import type { JsonObject } from "../../src/core/json.js";
import { typePhrase } from "../../src/mapping/field-type.js";
import { quotedList } from "../../src/mapping/problems.js";
import type { Field } from "../fields/field.js";

/** The description of a field in plain text and in Markdown, and what to write where it is wrong. */
export function fieldSentences(name: string, field: Field): JsonObject {
  const { description, page } = field;
  const facts = `Takes ${typePhrase(field)}.${HASHING[field.hash]}`;
  const names = field.names.length === 0 ? "" : ` Plain names: ${quotedList(field.names)}.`;
  return {
    description: `${description} ${facts}${names} ${page}`,
    markdownDescription: `${description}\n\n${facts}${names}\n\n[Meta's page](${page})`,
    errorMessage: fieldMessage(name, field),
  };
}

const HASHING = {
  required: " Never plain: add `hash: sha256`.",
  optional: " Plain, or with `hash: sha256`.",
  never: "",
} as const;

function fieldMessage(name: string, field: Field): string {
  if (field.hash === "required")
    return `Meta takes \`${name}\` hashed only: write a map such as \`{identifier: …, normalize: …, hash: sha256}\`.`;
  const takesFields = field.kind === "object" || field.kind === "tuple";
  return takesFields
    ? `\`${name}\` takes a map of its fields, a path, or a list of paths.`
    : `\`${name}\` takes a path such as \`payload.${name}\`, a list of paths, or a map with one of \`value\`, \`from\`, \`identifier\`.`;
}
