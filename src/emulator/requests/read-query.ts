import { fail, ok, type Result } from "../../core/result.js";
import { OPERATIONS } from "../../generated/constants.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";
import type { ServedOperation } from "./operation.js";

interface Parameter {
  readonly type: string;
  readonly required: boolean;
}

/** What a value in a query has to look like; any text is a `string`. */
const FORMS: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d{1,15}$/,
  boolean: /^(true|false|1|0)$/,
};

/** Holds a query against the parameters that the spec has for an operation; Meta ignores others. */
export function checkQuery(
  operation: ServedOperation,
  query: URLSearchParams,
): Result<URLSearchParams, Refusal> {
  const parameters: Readonly<Record<string, Parameter>> = OPERATIONS[operation].query;
  for (const [name, { type, required }] of Object.entries(parameters)) {
    const text = query.get(name);
    if (required && (text ?? "").trim() === "")
      return fail(invalidParameter(`The parameter ${name} is required`, [name]));
    if (text !== null && FORMS[type]?.test(text) === false)
      return fail(invalidParameter(`Param ${name} must be ${ARTICLES[type] ?? type}`, [name]));
  }
  return ok(query);
}

const ARTICLES: Readonly<Record<string, string>> = {
  integer: "a whole number",
  boolean: "true or false",
};
