/** From an answer and what was sent to the outcome of the request, with its evidence. */
import type { Evidence, MetaAnswer, Outcome, Surface } from "../core/outcome.js";
import { hidingIdentifiers, type Redactor } from "../core/redact.js";
import type { ErrorClass, ErrorRule } from "../generated/errors.js";
import type { Answer, JsonAnswer } from "./answer.js";
import { blamedItems } from "./blamed-items.js";
import { CLASS_EFFECTS, type ClassEffect } from "./class-effects.js";
import { classify, type FailedAnswer } from "./classification.js";
import { IN_DOUBT, ruleSummary, summarizeFailure } from "./failure-summary.js";
import { describeAnswer } from "./meta-answer.js";
import { readReceipt, type Receipt } from "./receipt.js";

/** What was sent, as far as its outcome needs it. */
export interface Sent {
  readonly surface: Surface;
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly fingerprint: string;
  readonly recordCount: number;
  /** Rows, or events. */
  readonly itemCount: number;
  /** Ids that Meta's texts may name: of the ad account, the audience, the pixel. */
  readonly ids: readonly string[];
  /** What Meta has counted in the upload session of this request before it, if it is in one. */
  readonly before?: Counted;
}

/** What Meta has counted of an upload session so far. */
export interface Counted {
  readonly received: number;
  readonly invalid: number;
}

/** An outcome other than success. */
export type FailedOutcome = Exclude<Outcome, { kind: "succeeded" | "partially_succeeded" }>;

/** The outcome of a users or events request. A 2xx is read, not trusted. */
export function outcomeOf(answer: Answer, sent: Sent, redact: Redactor): Outcome {
  return answer.kind === "json"
    ? receivedOutcome(answer, sent, redact)
    : failedOutcome(answer, sent, redact);
}

/** The outcome of any request that failed. */
export function failedOutcome(answer: FailedAnswer, sent: Sent, redact: Redactor): FailedOutcome {
  const door = hidingIdentifiers(redact, sent.ids);
  const classification = classify(answer);
  const { outcome } = CLASS_EFFECTS[classification.class];
  // Among several items nobody can tell yet which one is at fault.
  const blamed = classification.class === "record" && sent.recordCount === 1;
  const evidence = evidenceOf(sent, {
    ...describeAnswer(answer, door),
    outcome,
    evidenceCode: classification.evidence,
    rejected: blamed ? sent.itemCount : 0,
    summary: summarizeFailure(answer, classification, redact),
  });
  const positions = answer.kind === "graph_error" ? blamedItems(answer.error) : [];
  return failedAs(outcome, classification.class, evidence, positions);
}

function failedAs(
  kind: ClassEffect["outcome"],
  errorClass: ErrorClass,
  evidence: Evidence,
  positions: readonly number[] = [],
): FailedOutcome {
  if (kind === "unknown") return { kind, evidence };
  if (kind !== "rejected") return { kind, class: errorClass, evidence };
  return { kind, class: errorClass, blame: { kind: "some", positions }, evidence };
}

/** Why a request would be refused that was not sent, and by which state of things. */
export interface Foreseen {
  readonly rule: ErrorRule;
  readonly because: string;
}

/** The outcome that a request would have, by what an answer to another one says. */
export function foreseenOutcome(
  answer: JsonAnswer,
  sent: Sent,
  redact: Redactor,
  { rule, because }: Foreseen,
): FailedOutcome {
  const { outcome, evidence: evidenceCode } = CLASS_EFFECTS[rule.class];
  const summary = ruleSummary(rule, because);
  const said = describeAnswer(answer, hidingIdentifiers(redact, sent.ids));
  const evidence = evidenceOf(sent, { ...said, outcome, evidenceCode, summary });
  return failedAs(outcome, rule.class, evidence);
}

/** The outcome of a 2xx that does not say what it should. */
export function unprovenOutcome(
  answer: JsonAnswer,
  sent: Sent,
  redact: Redactor,
  cause: string,
): FailedOutcome {
  return unknownOutcome(sent, describeAnswer(answer, hidingIdentifiers(redact, sent.ids)), cause);
}

function receivedOutcome(answer: JsonAnswer, sent: Sent, redact: Redactor): Outcome {
  const door = hidingIdentifiers(redact, sent.ids);
  const said = describeAnswer(answer, door);
  const receipt = readReceipt(answer.body, sent.surface, door);
  return receipt === undefined
    ? unknownOutcome(sent, said, "Meta's answer does not say how much it received.")
    : countedOutcome(receipt, { ...said, ...receipt.said }, sent);
}

function countedOutcome(receipt: Receipt, said: MetaAnswer, sent: Sent): Outcome {
  const { itemCount, surface, before = { received: 0, invalid: 0 } } = sent;
  const { cells } = receipt;
  const received = receipt.received - before.received;
  const invalid = Math.max(0, receipt.invalid - before.invalid);
  const items = surface === "events" ? "events" : "rows";
  if (received < itemCount)
    return unknownOutcome(
      sent,
      said,
      `Meta counted ${String(received)} of ${String(itemCount)} ${items}.`,
    );
  if (invalid === 0) {
    const noun = itemCount === 1 ? items.slice(0, -1) : items;
    const summary = `Meta received ${String(itemCount)} ${noun}.`;
    const evidence = evidenceOf(sent, {
      ...said,
      outcome: "succeeded",
      confirmed: itemCount,
      summary,
    });
    return { kind: "succeeded", evidence };
  }
  const rejected = Math.min(invalid, itemCount);
  const outcome = rejected === itemCount ? "rejected" : "partially_succeeded";
  const evidence = evidenceOf(sent, {
    ...said,
    outcome,
    evidenceCode: "meta.rejected",
    confirmed: itemCount - rejected,
    rejected,
    summary: `Meta counted ${String(rejected)} of ${String(itemCount)} ${items} as malformed. ${CHECK_MAPPING}`,
  });
  return outcome === "rejected"
    ? { kind: outcome, class: "record", blame: { kind: "all", cells }, evidence }
    : { kind: outcome, cells, evidence };
}

const CHECK_MAPPING = "Check the normalisation and hashing of these columns in the mapping.";

function unknownOutcome(sent: Sent, said: MetaAnswer, cause: string): FailedOutcome {
  const evidence = evidenceOf(sent, {
    ...said,
    outcome: "unknown",
    evidenceCode: "meta.unreadable",
    summary: `${cause} ${IN_DOUBT}`,
  });
  return { kind: "unknown", evidence };
}

type Proven = Pick<Evidence, "outcome" | "summary"> & Partial<Evidence>;

function evidenceOf(sent: Sent, proven: Proven): Evidence {
  return {
    surface: sent.surface,
    target: sent.target,
    batchFingerprint: sent.fingerprint,
    recordCount: sent.recordCount,
    itemCount: sent.itemCount,
    confirmed: 0,
    rejected: 0,
    ...proven,
  };
}
