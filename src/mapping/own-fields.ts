/** Fields that a mapping knows and Meta's spec does not. */
import type { AnyField, ScalarField } from "../generated/fields.js";

const FACTS = { page: "", names: [], hash: "never" } as const;

/** A property that the spec does not know: any JSON, hashed if the mapping says so. */
export const CUSTOM_PROPERTY: AnyField = {
  ...FACTS,
  kind: "any",
  hash: "optional",
  description: "A custom property.",
};

/** The field that `only_if` fills. */
export const CONSENT: ScalarField = {
  ...FACTS,
  kind: "boolean",
  description: "Whether the record may be sent.",
};

/** The field that `country` fills. */
export const COUNTRY: ScalarField = {
  ...FACTS,
  kind: "string",
  description: "A country, ISO 3166-1 alpha-2.",
};
