/** The one place where ajv is set up. */
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { GRAPH_SCHEMAS } from "../generated/schemas.js";
import { violationText } from "./violation-text.js";

/**
 * What a schema says against a value; `pointer` is a JSON pointer into the value, `message` the end of
 * a sentence that starts with the field's name.
 */
export interface SchemaViolation {
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

/** Gives the violations of a value, an empty list when there is none. */
export type SchemaValidator = (value: unknown) => readonly SchemaViolation[];

let graph: Ajv2020 | undefined;

/**
 * A validator for a component of the spec, or a part of one, named by its pointer below `$defs`.
 *
 * @example graphValidator("Event"), graphValidator("AudienceRow/properties/EMAIL")
 */
export function graphValidator(component: string): SchemaValidator {
  graph ??= new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    allowUnionTypes: true,
    validateFormats: false,
    logger: false,
    // The spec's schemas are held against the meta-schema by a test: at each start it took half of
    // what a check takes.
    meta: false,
    validateSchema: false,
    schemas: [GRAPH_SCHEMAS],
  });
  const validate = graph.getSchema(`graph#/$defs/${component}`);
  if (validate === undefined) throw new TypeError(`the spec has no component ${component}`);
  return (value) => (validate(value) === true ? NONE : violations(validate.errors));
}

const NONE: readonly SchemaViolation[] = [];

function violations(errors: readonly ErrorObject[] | null | undefined): readonly SchemaViolation[] {
  return (errors ?? []).map((error) => ({
    pointer: violationPointer(error),
    keyword: error.keyword,
    message: violationText(error.keyword, error.params),
  }));
}

/** For a missing or unknown property the place is the property, not the object around it. */
function violationPointer(error: ErrorObject): string {
  const params: Readonly<Record<string, unknown>> = error.params;
  const name = params["missingProperty"] ?? params["additionalProperty"];
  return typeof name === "string" ? `${error.instancePath}/${name}` : error.instancePath;
}
