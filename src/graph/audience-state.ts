/** Whether an audience is there and takes uploads, read before anything is sent to it. */
import { isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import type { Redactor } from "../core/redact.js";
import { REFUSED_AS, REPLACEABLE } from "../generated/constants.js";
import { ERROR_RULES, type ErrorRule } from "../generated/errors.js";
import { classify, type Classification } from "./classification.js";
import type { GraphClient } from "./client.js";
import { failedOutcome, foreseenOutcome, type FailedOutcome, type Sent } from "./outcome.js";
import { readInteger } from "./read-value.js";

/** An audience as Meta shows it before an upload. */
export type AudienceState =
  /** It takes uploads; perhaps a replace, too. */
  | { readonly kind: "ready"; readonly isReplaceable: boolean }
  /** Meta does not know it, or the token may not see it. */
  | { readonly kind: "missing"; readonly outcome: FailedOutcome }
  /** It would refuse uploads, which this is the outcome of. */
  | { readonly kind: "closed"; readonly outcome: FailedOutcome }
  /** Nobody knows: the call failed. */
  | { readonly kind: "failed"; readonly outcome: FailedOutcome };

/** Which audience is read. */
export interface ReadAudience {
  readonly audienceId: string;
  /** The logical target. */
  readonly target: string;
}

/**
 * Reads the state of an audience; one request.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience
 */
export async function readAudienceState(
  client: GraphClient,
  { audienceId, target }: ReadAudience,
  redact: Redactor,
): Promise<AudienceState> {
  const answer = await client.readAudience(audienceId, "id,operation_status");
  const sent = callFor(target, audienceId);
  if (answer.kind !== "json") {
    return { kind: failureOf(classify(answer)), outcome: failedOutcome(answer, sent, redact) };
  }
  const code = statusCode(answer.body);
  const rule = ruleOf(code);
  if (rule === undefined) return { kind: "ready", isReplaceable: mayBeReplaced(code) };
  const cause = { rule, because: `operation status ${String(code)}` };
  return { kind: "closed", outcome: foreseenOutcome(answer, sent, redact, cause) };
}

function failureOf({ class: found, rule }: Classification): "missing" | "closed" | "failed" {
  if (found !== "target") return "failed";
  return rule?.missing === true ? "missing" : "closed";
}

/** A call that carries no records. */
function callFor(target: string, audienceId: string): Sent {
  const nothing = { fingerprint: "", recordCount: 0, itemCount: 0 };
  return { surface: "custom_audiences", target, ...nothing, ids: [audienceId] };
}

function statusCode(body: JsonObject): number | undefined {
  const status = ownValue(body, "operation_status") ?? null;
  return isJsonObject(status) ? readInteger(ownValue(status, "code")) : undefined;
}

/** Meta begins a replace only where the audience is in order. */
function mayBeReplaced(code: number | undefined): boolean {
  return code === undefined || REPLACEABLE.some((one) => one === code);
}

/** The rule of the error with which uploads are refused in that state, if they are. */
function ruleOf(code: number | undefined): ErrorRule | undefined {
  const [, refused] = Object.entries(REFUSED_AS).find(([status]) => status === String(code)) ?? [];
  if (refused === undefined) return undefined;
  return ERROR_RULES.find((rule) => rule.code === refused.code && rule.subcode === refused.subcode);
}
