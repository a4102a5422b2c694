import type { JsonObject } from "../../core/json.js";
import type { Refusal } from "./refusal.js";

/** What a handler answers: a body for HTTP 200, or a refusal. */
export type Answer =
  | { readonly kind: "done"; readonly body: JsonObject }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** HTTP 200 with this body. */
export function done(body: JsonObject): Answer {
  return { kind: "done", body };
}

/** A Graph error; nothing of the request was applied. */
export function refused(refusal: Refusal): Answer {
  return { kind: "refused", refusal };
}
