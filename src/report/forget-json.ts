/** What erasing people came to, for machines. */
import type { JsonObject } from "../core/json.js";
import { erasedAudiences, forgetStatus, type ForgetResult } from "../sync/forget/forget-result.js";
import { evidenceJson } from "./evidence-json.js";
import { snakeJson } from "./snake-json.js";
import { reasonsJson } from "./value-reasons.js";

/** Keys in snake_case. */
export function forgetJson(result: ForgetResult): JsonObject {
  const { dryRun, people, identifiers, suppressedBefore, rejections, dropped, busy } = result;
  const { droppedRows } = result;
  const failures = result.runs.flatMap((run) => run.result.failures);
  return {
    ...snakeJson({ dryRun, status: forgetStatus(result), people, identifiers, suppressedBefore }),
    audiences: erasedAudiences(result).map((audience) => snakeJson({ ...audience })),
    dropped_rows: droppedRows,
    failures: failures.map(({ target, code, summary, count, evidence }) => ({
      target,
      code,
      summary,
      count,
      ...(evidence === undefined ? {} : { evidence: evidenceJson(evidence) }),
    })),
    busy: busy.map(({ sync, because }) => ({ sync, because })),
    rejections: rejections.map(({ identity, code, field }) => ({ row: identity, code, field })),
    dropped_values: reasonsJson(dropped),
  };
}
