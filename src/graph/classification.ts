/** From a failed exchange to its error class: code, then subcode, then `is_transient`. */
import type { EvidenceCode } from "../core/outcome.js";
import { ERROR_RULES, type ErrorClass, type ErrorRule } from "../generated/errors.js";
import type { Answer, JsonAnswer } from "./answer.js";
import { CLASS_EFFECTS } from "./class-effects.js";
import type { GraphError } from "./graph-error.js";

/** Every answer but a JSON object of a 2xx. */
export type FailedAnswer = Exclude<Answer, JsonAnswer>;

/** What a failure is. */
export interface Classification {
  readonly class: ErrorClass;
  readonly evidence: EvidenceCode;
  /** The entry of the spec's error list that matched, if one did and its class holds. */
  readonly rule: ErrorRule | undefined;
}

/** Classifies a failure; the HTTP status counts only where there is no Graph error. */
export function classify(answer: FailedAnswer): Classification {
  switch (answer.kind) {
    case "graph_error":
      return classifyGraphError(answer.error);
    case "unreadable":
      return byClass(answer.status === CONTENT_TOO_LARGE ? "batch" : "unknown");
    case "no_answer":
      return {
        ...byClass(answer.reason === "never_connected" ? "transient" : "unknown"),
        evidence: "meta.transport",
      };
    case "not_sent":
      return { ...byClass("account"), evidence: "meta.auth_failed" };
  }
}

/** HTTP status 413. */
const CONTENT_TOO_LARGE = 413;

function classifyGraphError(error: GraphError): Classification {
  const rule = ERROR_RULES.find((candidate) => matches(candidate, error));
  if (error.transient && (rule === undefined || isGuess(rule))) return byClass("transient");
  // Meta refused it with a code that nobody has described: never sent again as it is, and not
  // blamed on a record either.
  if (rule === undefined) return byClass("request");
  return {
    class: rule.class,
    evidence: rule.evidence ?? CLASS_EFFECTS[rule.class].evidence,
    rule,
  };
}

/**
 * A bare code 100 blames a record only for want of a subcode. Where Meta itself says that a retry
 * may help, no record is given up for it.
 */
function isGuess(rule: ErrorRule): boolean {
  return rule.class === "record" && rule.subcode === undefined;
}

function matches(rule: ErrorRule, error: GraphError): boolean {
  if (rule.code === undefined) return within(error.code, rule.from, rule.to);
  if (rule.code !== error.code) return false;
  if (rule.subcode !== undefined) return rule.subcode === error.subcode;
  return rule.message === undefined || error.message.toLowerCase().includes(rule.message);
}

function within(code: number, from = Infinity, to = -Infinity): boolean {
  return code >= from && code <= to;
}

function byClass(errorClass: ErrorClass): Classification {
  return {
    class: errorClass,
    evidence: CLASS_EFFECTS[errorClass].evidence,
    rule: undefined,
  };
}
