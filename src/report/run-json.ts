/** A run's result as one JSON object, for machines. */
import type { JsonObject } from "../core/json.js";
import { createRedactor } from "../core/redact.js";
import type { RunResult } from "../delivery/run-result.js";
import { evidenceJson } from "./evidence-json.js";
import { snakeJson } from "./snake-json.js";
import { reasonsJson } from "./value-reasons.js";

/** What a message quotes of a source is no secret of this run, but may look like one. */
const redact = createRedactor(() => []);

/** What a mirror found and did; nothing where nothing was compared. */
export function mirrorJson({ mirror }: RunResult): { readonly mirror?: JsonObject } {
  return mirror === undefined ? {} : { mirror: snakeJson(mirror) };
}

/** Keys in snake_case, maps as objects. */
export function runJson(result: RunResult): JsonObject {
  const { tally } = result;
  return {
    surface: result.surface,
    dry_run: result.dryRun,
    status: result.status,
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
    ...(result.sourceProblem === undefined
      ? {}
      : {
          source_problem: result.sourceProblem.code,
          source_problem_message: redact(result.sourceProblem.message),
        }),
    records: snakeJson(result.records),
    requests: snakeJson(result.requests),
    targets: result.targets.map((counts) => snakeJson(counts)),
    ...mirrorJson(result),
    rejections: Object.fromEntries(result.rejections),
    standing_rejections: result.standingRejections,
    newly_in_doubt: result.newlyInDoubt,
    changed_since_delivery: result.changedSinceDelivery,
    rerouted: result.rerouted.map(({ eventName, sentTo, answered, routedTo, count }) => ({
      event_name: eventName,
      sent_to: sentTo,
      answered,
      routed_to: routedTo,
      records: count,
    })),
    unnamed_invalid_items: result.unnamedInvalidItems,
    failures: result.failures.map(({ target, code, summary, count, evidence }) => ({
      target,
      code,
      summary,
      count,
      ...(evidence === undefined ? {} : { evidence: evidenceJson(evidence) }),
    })),
    dropped_values: reasonsJson(tally.dropped),
    suspicious_values: reasonsJson(tally.suspicious),
    ignored_identifiers: Object.fromEntries(tally.ignoredIdentifiers),
    unmapped_fields: Object.fromEntries(tally.unmapped),
    personal_data: Object.fromEntries(tally.personalData),
  };
}
