/** A run's result as one JSON object, for machines. */
import type { JsonObject } from "../core/json.js";
import type { Evidence } from "../core/outcome.js";
import type { RecordCounts, RunResult, TargetCounts } from "../delivery/run-result.js";

/** Keys in snake_case, maps as objects. */
export function runJson(result: RunResult): JsonObject {
  const { tally } = result;
  return {
    surface: result.surface,
    dry_run: result.dryRun,
    status: result.status,
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
    ...(result.sourceProblem === undefined ? {} : { source_problem: result.sourceProblem.code }),
    records: snakeKeys(result.records),
    requests: snakeKeys(result.requests),
    targets: result.targets.map((counts) => snakeKeys(counts)),
    rejections: Object.fromEntries(result.rejections),
    failures: result.failures.map(({ target, summary, count, evidence }) => ({
      target,
      summary,
      count,
      ...(evidence === undefined ? {} : { evidence: snakeKeys(evidence) }),
    })),
    dropped_values: Object.fromEntries(tally.dropped),
    ignored_identifiers: Object.fromEntries(tally.ignoredIdentifiers),
    unmapped_fields: Object.fromEntries(tally.unmapped),
    personal_data: Object.fromEntries(tally.personalData),
  };
}

/** Every property of the counts and the evidence is a value or a flat map. */
function snakeKeys(object: Counts): JsonObject {
  const entries = Object.entries<Flat>({ ...object });
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined ? [] : [[snake(name), value] as const],
    ),
  );
}

type Flat = string | number | boolean | Readonly<Record<string, string>> | undefined;
type Counts = RecordCounts | RunResult["requests"] | TargetCounts | Evidence;

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
