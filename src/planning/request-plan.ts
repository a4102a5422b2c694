import { sha256OfParts } from "../core/digest.js";
import { objectIn, type JsonObject } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import { OPERATIONS } from "../generated/constants.js";
import type { Batch } from "./batch.js";
import { bodyBytes, type BodyContext } from "./body-bytes.js";
import type { SessionPlace } from "./session-place.js";
import type { Destination, TargetStatus } from "./target.js";

/**
 * One HTTP request without auth: no token, no header, no origin. The same records, configuration
 * and clock give the same plan, byte for byte.
 */
export interface RequestPlan {
  /** Emission order, from 0. */
  readonly index: number;
  readonly surface: Surface;
  readonly operation: Batch["operation"];
  /** Of a replace. */
  readonly session?: SessionPlace;
  /** Of additions that are sent once more, behind removals that may undo them. */
  readonly isPreliminary?: boolean;
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly targetStatus: TargetStatus;
  readonly method: "POST" | "DELETE";
  /** With the API version; `{custom_audience_id}` stands where a target is not resolved. */
  readonly path: string;
  /** What the body says; read out of its text when it is first asked for. */
  readonly body: JsonObject;
  /**
   * The body as it is sent: the bytes of its canonical JSON (RFC 8785). All else that tells of the request
   * is read out of them, so they are not to be changed, or given away.
   */
  readonly bodyBytes: Uint8Array;
  /** The same as text; made when it is first asked for. */
  readonly bodyText: string;
  /** One per record. */
  readonly recordIdentities: readonly string[];
  readonly recordCount: number;
  /** Rows per record; 1 each for events. */
  readonly itemCounts: readonly number[];
  /** SHA-256 of the canonical JSON of method, path, body and record identities; made when it is first asked for. */
  readonly fingerprint: string;
}

/** What all requests of a run share. */
export interface RequestContext extends BodyContext {
  readonly apiVersion: string;
}

/** Makes the plan of a batch. */
export function planRequest(
  batch: Batch,
  index: number,
  destination: Destination,
  context: RequestContext,
): RequestPlan {
  const { surface, operation, target, entries, session, isPreliminary = false } = batch;
  const { method, path: template } = OPERATIONS[OPERATION_IDS[operation]];
  const path = `/${context.apiVersion}${fill(template, destination.id)}`;
  const bytes = bodyBytes(batch, context);
  let text: string | undefined;
  let body: JsonObject | undefined;
  let print: string | undefined;
  const recordIdentities = entries.map(({ identity }) => identity);
  return {
    index,
    surface,
    operation,
    ...(session === undefined ? {} : { session }),
    ...(isPreliminary ? { isPreliminary } : {}),
    target,
    targetStatus: destination.status,
    method,
    path,
    get body() {
      return (body ??= objectIn(this.bodyText));
    },
    bodyBytes: bytes,
    get bodyText() {
      return (text ??= bytes.toString("utf8"));
    },
    recordIdentities,
    recordCount: entries.length,
    itemCounts: entries.map(({ items }) => items),
    get fingerprint() {
      return (print ??= fingerprint(method, path, bytes, recordIdentities));
    },
  };
}

/** Of the canonical JSON of them all, in which the body stands as it is sent: it is written once. */
function fingerprint(
  method: string,
  path: string,
  body: Uint8Array,
  recordIdentities: readonly string[],
): string {
  const [m, p, r] = [method, path, recordIdentities].map((part) => JSON.stringify(part));
  return sha256OfParts(['{"body":', body, `,"method":${m},"path":${p},"record_identities":${r}}`]);
}

const OPERATION_IDS = {
  import: "sendEvents",
  upsert: "addUsers",
  remove: "removeUsers",
  replace: "replaceUsers",
} as const;

/** The path with the names of its ids: `/v25.0/{custom_audience_id}/users`. */
export function urlTemplate({ path, operation }: RequestPlan): string {
  const version = path.slice(0, path.indexOf("/", 1));
  return `${version}${OPERATIONS[OPERATION_IDS[operation]].path}`;
}

function fill(template: string, id: string | undefined): string {
  return id === undefined ? template : template.replace(/\{[a-z_]+\}/, encodeURIComponent(id));
}
