import { isJsonArray, isJsonObject, ownValue, type Json, type JsonObject } from "../core/json.js";
import { parseBody } from "./parse-body.js";
import { readFlag, readInteger, readText } from "./read-value.js";

/**
 * An error object of the Graph API that names its code.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export interface GraphError {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly type: string | undefined;
  /** For developers; its wording changes without notice. */
  readonly message: string;
  /** For people, in the language of the request. */
  readonly userTitle: string | undefined;
  readonly userMessage: string | undefined;
  /** True is a promise that a retry may help; false is no proof that it does not. */
  readonly transient: boolean;
  readonly fbtraceId: string | undefined;
  /** Paths of the fields at fault, as `["data", 0, "event_time"]`. */
  readonly blame: readonly FieldPath[];
}

/** Names and array positions from the body of the request down to a field. */
export type FieldPath = readonly (string | number)[];

/** Reads an error object; nothing when it has no code to go by. */
export function readGraphError(error: JsonObject): GraphError | undefined {
  const code = readInteger(ownValue(error, "code"));
  if (code === undefined) return undefined;
  return {
    code,
    subcode: readInteger(ownValue(error, "error_subcode")),
    type: readText(error, "type"),
    message: readText(error, "message") ?? "",
    userTitle: readText(error, "error_user_title"),
    userMessage: readText(error, "error_user_msg"),
    transient: readFlag(ownValue(error, "is_transient")),
    fbtraceId: readText(error, "fbtrace_id"),
    blame: readBlame(ownValue(error, "error_data")),
  };
}

/** `error_data` is an object in the documentation and, seen in the wild, an object as JSON text. */
function readBlame(errorData: Json | undefined): readonly FieldPath[] {
  const data = typeof errorData === "string" ? parseBody(errorData) : errorData;
  const specs = isJsonObject(data) ? ownValue(data, "blame_field_specs") : undefined;
  return isJsonArray(specs) ? specs.flatMap(readPath) : [];
}

function readPath(spec: Json): readonly FieldPath[] {
  const steps = isJsonArray(spec) ? spec : [spec];
  const path = steps.filter((step) => typeof step === "string" || typeof step === "number");
  return path.length > 0 && path.length === steps.length ? [path] : [];
}
