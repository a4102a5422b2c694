/** What came back for a request, whatever it was: answers are read defensively, never trusted. */
import type { Diagnostic } from "../core/diagnostic.js";
import { isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import { readGraphError, type GraphError } from "./graph-error.js";
import type { LostAnswer } from "./lost-answer.js";
import { parseBody } from "./parse-body.js";
import type { BodyReading } from "./read-body.js";
import { readText } from "./read-value.js";
import { readRetryAfter } from "./retry-after.js";
import { readUsage, type Usage } from "./usage.js";

/** What the head of every answer tells. */
export interface AnswerHead {
  readonly status: number;
  /** Meta's id of this exchange, for support cases. */
  readonly fbtraceId: string | undefined;
  readonly requestId: string | undefined;
  readonly usage: Usage;
  /** What `Retry-After` says, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /**
   * How far our clock was ahead of Meta's when the answer had come, in milliseconds: the time on its way
   * counts as ahead, and Meta tells whole seconds. Negative when ours is behind; missing without a
   * readable `Date`.
   */
  readonly clockAheadMs: number | undefined;
  /** Meta answered with a newer version of its API, since the one that was asked for has ended. */
  readonly upgraded: boolean;
}

/** A JSON object without an error, of a 2xx. It may still lack what it should say. */
export interface JsonAnswer extends AnswerHead {
  readonly kind: "json";
  readonly body: JsonObject;
}

/** A Graph error with its code, whatever the HTTP status. */
export interface GraphErrorAnswer extends AnswerHead {
  readonly kind: "graph_error";
  readonly error: GraphError;
}

/** Why an answer says nothing that can be acted on. */
export type Fault =
  "redirect" | "too_large" | "cut_off" | "empty" | "not_json" | "error_without_code" | "no_error";

/** An answer from which it cannot be told what Meta did. */
export interface UnreadableAnswer extends AnswerHead {
  readonly kind: "unreadable";
  readonly fault: Fault;
  /** The body as it came, or the error's text; may quote anything, so redact it. */
  readonly detail: string;
}

/** The request left, or tried to, and no answer came. */
export interface NoAnswer extends LostAnswer {
  readonly kind: "no_answer";
}

/** The request never left: there is no usable access token. */
export interface NotSent {
  readonly kind: "not_sent";
  readonly problem: Diagnostic;
}

/** Everything that can come of a request. */
export type Answer = JsonAnswer | GraphErrorAnswer | UnreadableAnswer | NoAnswer | NotSent;

/**
 * Reads an answer: HTML, cut JSON, an empty body and an error as mere text are told from a Graph
 * error and from JSON.
 *
 * @param now milliseconds since the epoch, for a date in `Retry-After`
 */
export function readAnswer(response: Response, reading: BodyReading, now: number): Answer {
  const head = readHead(response, now);
  const unreadable = (fault: Fault, detail = ""): Answer => ({
    ...head,
    kind: "unreadable",
    fault,
    detail,
  });
  if (isRedirect(response)) return unreadable("redirect");
  if (reading.kind !== "whole") return unreadable(reading.kind);
  if (reading.text.trim() === "") return unreadable("empty");
  const body = parseBody(reading.text);
  if (!isJsonObject(body)) return unreadable("not_json", reading.text);
  const error = ownValue(body, "error") ?? null;
  if (error === null)
    return response.ok ? jsonAnswer(head, body) : unreadable("no_error", reading.text);
  if (!isJsonObject(error))
    return unreadable("error_without_code", typeof error === "string" ? error : reading.text);
  const graphError = readGraphError(error);
  if (graphError === undefined)
    return unreadable("error_without_code", readText(error, "message") ?? reading.text);
  const fbtraceId = graphError.fbtraceId ?? head.fbtraceId;
  return { ...head, kind: "graph_error", error: graphError, fbtraceId };
}

function jsonAnswer(head: AnswerHead, body: JsonObject): JsonAnswer {
  return { ...head, kind: "json", body, fbtraceId: readText(body, "fbtrace_id") ?? head.fbtraceId };
}

function readHead({ status, headers }: Response, now: number): AnswerHead {
  return {
    status,
    fbtraceId: headers.get("x-fb-trace-id") ?? undefined,
    requestId: headers.get("x-fb-request-id") ?? undefined,
    usage: readUsage(headers),
    retryAfterMs: readRetryAfter(headers.get("retry-after"), now),
    clockAheadMs: readClockAhead(headers.get("date"), now),
    upgraded: headers.has("x-ad-api-version-warning"),
  };
}

function readClockAhead(date: string | null, now: number): number | undefined {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(theirs) ? undefined : now - theirs;
}

/** Browsers hide a redirect that is not followed behind status 0, Node shows it. */
function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}
