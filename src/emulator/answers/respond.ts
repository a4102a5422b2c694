import type { JsonObject } from "../../core/json.js";
import type { Answer } from "./answer.js";
import type { Refusal } from "./refusal.js";

/** What goes with any answer. */
export interface Envelope {
  /** The id that Meta would ask for in a support case, unique per request. */
  readonly trace: string;
  /** The version that answers. */
  readonly version: string;
  /** Further headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The HTTP response of an answer. */
export function respond(answer: Answer, envelope: Envelope): Response {
  return answer.kind === "done"
    ? jsonResponse(200, answer.body, envelope)
    : jsonResponse(answer.refusal.status, errorBody(answer.refusal, envelope.trace), envelope);
}

function jsonResponse(status: number, body: JsonObject, envelope: Envelope): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "facebook-api-version": envelope.version,
      "x-fb-trace-id": envelope.trace,
      "x-fb-request-id": envelope.trace,
      ...envelope.headers,
    },
  });
}

/**
 * The Graph error object.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
function errorBody(refusal: Refusal, trace: string): JsonObject {
  return {
    error: {
      message: refusal.message,
      type: refusal.type,
      code: refusal.code,
      ...(refusal.subcode === undefined ? {} : { error_subcode: refusal.subcode }),
      is_transient: refusal.transient ?? false,
      ...(refusal.blame === undefined ? {} : { error_data: { blame_field_specs: refusal.blame } }),
      ...(refusal.advice === undefined
        ? {}
        : { error_user_title: "Invalid request", error_user_msg: refusal.advice }),
      fbtrace_id: trace,
    },
  };
}
