/** Builds what Meta and the network answer. Words that nobody asked for are planted in all of it. */
import type { JsonObject } from "../../../src/core/json.js";
import type { Answer, AnswerHead, Fault } from "../../../src/graph/answer.js";
import type { LostReason } from "../../../src/graph/lost-answer.js";
import type { Usage } from "../../../src/graph/usage.js";
import type { Verdict } from "../meta/meta.js";
import type { WireRequest } from "../meta/wire.js";
import { GOSSIP } from "../records/secrets.js";

const FREE: Usage = { isStated: true, worstPercent: 0, regainMs: 0, resetMs: 0 };

/** Nothing is told of clock and version. */
const UNTOLD = { clockAheadMs: undefined, upgraded: false };

function head(status: number, usage: Usage = FREE): AnswerHead {
  return {
    status,
    fbtraceId: "trace",
    requestId: undefined,
    usage,
    retryAfterMs: undefined,
    ...UNTOLD,
  };
}

/** A 2xx with a body. */
export function json(body: JsonObject, usage?: Usage): Answer {
  return { ...head(200, usage), kind: "json", body };
}

/** A Graph error, as far as its kind needs it. */
export interface GraphErrorParts {
  readonly code: number;
  readonly subcode?: number | undefined;
  readonly message?: string;
  readonly transient?: boolean;
  readonly blame?: readonly (readonly (string | number)[])[];
  readonly usage?: Usage;
}

export function graphError(parts: GraphErrorParts): Answer {
  const { code, subcode, message = "No", transient = false, blame = [], usage } = parts;
  return {
    ...head(400, usage),
    kind: "graph_error",
    error: {
      code,
      subcode,
      type: "OAuthException",
      message: `${message} (${GOSSIP})`,
      userTitle: "Sorry",
      userMessage: GOSSIP,
      transient,
      fbtraceId: undefined,
      blame,
    },
  };
}

export function unreadable(fault: Fault, status: number): Answer {
  return { ...head(status), kind: "unreadable", fault, detail: `<html>${GOSSIP}</html>` };
}

export function noAnswer(reason: LostReason): Answer {
  return { kind: "no_answer", reason, detail: `it broke: ${GOSSIP}` };
}

export function noToken(): Answer {
  const place = { kind: "value", source: "credentials", path: "access_token" } as const;
  const text = { message: "there is no access token", remedy: "Set one." };
  const code = "config.missing_token";
  return { kind: "not_sent", problem: { code, severity: "error", place, ...text } };
}

/** What Meta says when it has read a request. */
export function verdictAnswer(request: WireRequest, verdict: Verdict, usage?: Usage): Answer {
  if (verdict.kind === "closed") return graphError(verdict);
  if (verdict.kind === "refused") {
    const at = request.kind === "events" ? ["data"] : ["payload", "data"];
    const blame = verdict.blamed.map((position) => [...at, position, "field"]);
    return graphError({ code: 100, subcode: verdict.subcode, message: "Invalid parameter", blame });
  }
  return json(receipt(request, verdict, verdict.received), usage);
}

/** A 2xx that counts one item less than there were. */
export function miscount(request: WireRequest): Answer {
  const received = request.items.length - 1;
  return json(receipt(request, { kind: "received", received, malformed: [] }, received));
}

function receipt(
  request: WireRequest,
  { malformed, counted }: Extract<Verdict, { kind: "received" }>,
  received: number,
): JsonObject {
  if (request.kind === "events") return { events_received: received, messages: [GOSSIP] };
  const named = malformed.filter((one) => one.named);
  return {
    audience_id: request.id,
    num_received: counted?.received ?? received,
    num_invalid_entries: counted?.invalid ?? malformed.length,
    invalid_entry_samples: Object.fromEntries(
      named.map(({ cell }) => [cell, `malformed ${GOSSIP}`]),
    ),
  };
}
