/** What an answer said, in the form in which it may be shown and kept: cut and redacted. */
import type { MetaAnswer } from "../core/outcome.js";
import type { Redactor } from "../core/redact.js";
import type { Answer, AnswerHead, GraphErrorAnswer } from "./answer.js";
import { CLASS_EFFECTS } from "./class-effects.js";
import { classify } from "./classification.js";
import type { FieldPath, GraphError } from "./graph-error.js";
import { redactedText } from "./redacted-text.js";

/** The diagnostics of an answer; what a 2xx counts is read elsewhere. */
export function describeAnswer(answer: Answer, redact: Redactor): MetaAnswer {
  switch (answer.kind) {
    case "json":
      return describeHead(answer, redact, false);
    case "graph_error":
      return describeGraphError(answer, redact);
    case "unreadable":
      return { ...describeHead(answer, redact, false), ...detailOf(answer.detail, redact) };
    case "no_answer":
      return detailOf(answer.detail, redact);
    case "not_sent":
      return {};
  }
}

/** The longest texts of an evidence, in UTF-16 code units. */
const MAX_MESSAGE = 256;
const MAX_DETAIL = 4096;
const MAX_ID = 128;

function describeGraphError(answer: GraphErrorAnswer, redact: Redactor): MetaAnswer {
  const { error } = answer;
  const throttled = CLASS_EFFECTS[classify(answer).class].evidence === "meta.throttled";
  const message = redactedText(error.message, MAX_MESSAGE, redact);
  return {
    ...describeHead(answer, redact, throttled),
    code: error.code,
    ...(error.subcode === undefined ? {} : { subcode: error.subcode }),
    ...(message === "" ? {} : { message }),
    ...detailOf(explanation(error), redact),
  };
}

/** Meta's own words for people, which are often the most helpful part, and the fields at fault. */
function explanation({ userTitle, userMessage, blame }: GraphError): string {
  const words = [userTitle, userMessage].filter((text) => text !== undefined).join(": ");
  const fields = blame.length === 0 ? "" : `[${blame.map(fieldText).join(", ")}]`;
  return [words, fields].filter((text) => text !== "").join(" ");
}

/** `data[0].event_time` */
function fieldText(path: FieldPath): string {
  return path
    .map((step, depth) => {
      if (typeof step === "number") return `[${String(step)}]`;
      return depth === 0 ? step : `.${step}`;
    })
    .join("");
}

function describeHead(head: AnswerHead, redact: Redactor, throttled: boolean): MetaAnswer {
  const { status, fbtraceId, requestId } = head;
  const waitMs = waitOf(head, throttled);
  return {
    httpStatus: status,
    ...(fbtraceId === undefined ? {} : { fbtraceId: redactedText(fbtraceId, MAX_ID, redact) }),
    ...(requestId === undefined ? {} : { requestId: redactedText(requestId, MAX_ID, redact) }),
    ...(waitMs === 0 ? {} : { retryAfterMs: waitMs }),
  };
}

/**
 * The use case's own time to regain access counts before the reset of the ad account, which every
 * answer states, blocked or not.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/overview/rate-limiting
 */
function waitOf({ usage, retryAfterMs = 0 }: AnswerHead, throttled: boolean): number {
  const stated = usage.regainMs > 0 || !throttled ? usage.regainMs : usage.resetMs;
  return Math.max(stated, retryAfterMs);
}

function detailOf(text: string, redact: Redactor): Pick<MetaAnswer, "detail"> {
  const detail = redactedText(text, MAX_DETAIL, redact);
  return detail === "" ? {} : { detail };
}
