import type { Json } from "../../core/json.js";
import { fail, ok, type Result } from "../../core/result.js";
import type { UsersPayload, UsersRequest } from "../../generated/graph.js";
import { findAudience } from "../audiences/find.js";
import {
  invalidParameter,
  termsNotAccepted,
  updateRefused,
  type Refusal,
} from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import { conform } from "../requests/conform.js";
import { OPERATION_STATUS, UPLOADABLE_SUBTYPE, type Audience } from "../world/audience.js";
import type { World } from "../world/world.js";

/** An upload that may be read row by row. */
export interface Upload {
  readonly audience: Audience;
  readonly columns: readonly string[];
  /** As wide as the columns. */
  readonly rows: readonly (readonly Json[])[];
  readonly session: UsersRequest["session"];
}

/** Meta's subcodes for audiences that take no upload in their present state. */
const SUBCODES = { flagged: 1713230, replaceRunning: 1870145 } as const;

/**
 * What can be wrong with an upload as a whole.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 */
export function checkUpload(
  world: World,
  call: Call,
  schema: "UsersRequest" | "UsersReplaceRequest" = "UsersRequest",
): Result<Upload, Refusal> {
  const audience = findAudience(world, call);
  if (!audience.ok) return audience;
  const body = conform(schema, call.body);
  if (!body.ok) return body;
  const { payload, session } = body.value;
  const rows = payload.data;
  const running = schema === "UsersRequest" ? replaceRefusal(audience.value) : undefined;
  const refusal =
    termsRefusal(world, audience.value) ??
    stateRefusal(audience.value) ??
    running ??
    widthRefusal(payload) ??
    scopeRefusal(payload);
  return refusal === undefined
    ? ok({ audience: audience.value, columns: payload.schema, rows, session })
    : fail(refusal);
}

/** Nothing else is taken meanwhile. */
export function replaceRefusal({ operationStatus }: Audience): Refusal | undefined {
  return operationStatus === OPERATION_STATUS.replacing
    ? updateRefused("A replace of this audience is running", SUBCODES.replaceRunning)
    : undefined;
}

function termsRefusal(world: World, { accountId }: Audience): Refusal | undefined {
  return world.termsAccepted(accountId) ? undefined : termsNotAccepted(accountId);
}

function stateRefusal(audience: Audience): Refusal | undefined {
  if (audience.given["subtype"] !== UPLOADABLE_SUBTYPE)
    return updateRefused("Only an audience of subtype CUSTOM takes uploads");
  if (audience.operationStatus === OPERATION_STATUS.flagged)
    return invalidParameter("This audience is flagged and takes no uploads", ["payload"], {
      subcode: SUBCODES.flagged,
      advice: "Make a new audience with a neutral name and description.",
    });
  return undefined;
}

function widthRefusal(payload: UsersPayload): Refusal | undefined {
  const width = payload.schema.length;
  const index = payload.data.findIndex((row) => row.length !== width);
  return index < 0
    ? undefined
    : invalidParameter("The data is missing or does not match the schema", [
        "payload",
        "data",
        index,
      ]);
}

/** Ids that mean something only within an app or a page need to say which. */
function scopeRefusal(payload: UsersPayload): Refusal | undefined {
  const columns: readonly string[] = payload.schema;
  if (columns.includes("APPUID") && payload.app_ids === undefined)
    return invalidParameter("APPUID needs app_ids", ["payload", "app_ids"]);
  if (columns.includes("PAGEUID") && payload.page_ids === undefined)
    return invalidParameter("PAGEUID needs page_ids", ["payload", "page_ids"]);
  return undefined;
}
