import { describeJsonFault, parseJson, type Json } from "../../core/json.js";
import { fail, ok, type Result } from "../../core/result.js";
import { OPERATIONS } from "../../generated/constants.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";
import type { ServedOperation } from "./handlers.js";

/** The JSON body of a request, or `null` where its operation takes none. */
export async function readBody(
  operation: ServedOperation,
  request: Request,
): Promise<Result<Json, Refusal>> {
  if (OPERATIONS[operation].request === null) return ok(null);
  const parsed = parseJson(await request.text());
  return parsed.ok
    ? parsed
    : fail(
        invalidParameter(`The body ${describeJsonFault(parsed.error)}`, parsed.error.path, {
          advice: "Send a JSON object with `Content-Type: application/json`.",
        }),
      );
}
