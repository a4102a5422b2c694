import type { JsonObject } from "../../core/json.js";
import { API_VERSION } from "../../generated/constants.js";
import type { Answer } from "./answer.js";
import type { Refusal } from "./refusal.js";

/**
 * The HTTP response of an answer.
 *
 * @param trace the id that Meta would ask for in a support case, unique per request
 */
export function respond(answer: Answer, trace: string): Response {
  return answer.kind === "done"
    ? jsonResponse(200, answer.body, trace)
    : jsonResponse(answer.refusal.status, errorBody(answer.refusal, trace), trace);
}

function jsonResponse(status: number, body: JsonObject, trace: string): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "facebook-api-version": API_VERSION,
      "x-fb-trace-id": trace,
      "x-fb-request-id": trace,
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
      is_transient: false,
      ...(refusal.blame === undefined ? {} : { error_data: { blame_field_specs: refusal.blame } }),
      ...(refusal.advice === undefined
        ? {}
        : { error_user_title: "Invalid request", error_user_msg: refusal.advice }),
      fbtrace_id: trace,
    },
  };
}
