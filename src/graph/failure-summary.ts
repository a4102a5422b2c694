/** One failure in words: a sentence of cause and one of remedy, without anything Meta wrote. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { Redactor } from "../core/redact.js";
import type { ErrorRule } from "../generated/errors.js";
import type { Fault } from "./answer.js";
import type { Classification, FailedAnswer } from "./classification.js";
import type { GraphError } from "./graph-error.js";
import type { LostReason } from "./lost-answer.js";

/** Says what happened and what to do about it. */
export function summarizeFailure(
  answer: FailedAnswer,
  classification: Classification,
  redact: Redactor,
): string {
  switch (answer.kind) {
    case "graph_error":
      return graphErrorSummary(answer.error, classification);
    case "unreadable":
      return classification.class === "batch"
        ? "The request is too large (HTTP 413). Lower `max_body_bytes`."
        : `Meta's answer ${FAULTS[answer.fault]} (HTTP ${String(answer.status)}). ${IN_DOUBT}`;
    case "no_answer":
      return LOST[answer.reason];
    case "not_sent":
      return redact(problemText(answer.problem));
  }
}

/** What to do when nobody can tell whether a request took effect. */
export const IN_DOUBT = "It is unknown whether the request took effect; run again.";

function graphErrorSummary(error: GraphError, { rule, class: errorClass }: Classification): string {
  const subcode = error.subcode === undefined ? "" : `/${String(error.subcode)}`;
  const known = rule ?? (errorClass === "transient" ? PASSING : UNLISTED);
  return ruleSummary(known, `code ${String(error.code)}${subcode}`);
}

/** What an error means and what to do, with whatever shows that it is this one. */
export function ruleSummary(
  { meaning, advice }: Pick<ErrorRule, "meaning" | "advice">,
  shownBy: string,
): string {
  return `${meaning.replace(/\.$/, "")} (${shownBy}). ${advice}`;
}

/** Codes that the spec's error list does not have. */
const PASSING = {
  meaning: "Meta met a problem that it calls transient.",
  advice: "Wait and run again.",
};
const UNLISTED = {
  meaning: "Meta refused the request for a reason that is not known here.",
  advice: "Read Meta's explanation beside this error, and report the code as missing.",
};

const FAULTS: Readonly<Record<Fault, string>> = {
  redirect: "is a redirect, which is not followed",
  too_large: "is too large to be read",
  cut_off: "broke off",
  empty: "is empty",
  not_json: "is not JSON",
  error_without_code: "is an error without a code",
  no_error: "is a failure without an error",
};

const LOST: Readonly<Record<LostReason, string>> = {
  never_connected:
    "Meta could not be reached, so nothing was sent. Check the network and its proxy, and run again.",
  timeout: `Meta did not answer in time. ${IN_DOUBT}`,
  reset: `The connection ended before Meta's answer came. ${IN_DOUBT}`,
  failed: `The request failed on its way. ${IN_DOUBT}`,
};

function problemText({ message, remedy }: Diagnostic): string {
  return `The request was not sent: ${message.replace(/\.$/, "")}. ${remedy}`.trim();
}
