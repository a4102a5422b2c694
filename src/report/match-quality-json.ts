import type { QualityReport } from "../checks/match-quality/match-quality.js";
import type { JsonObject } from "../core/json.js";
import { snakeJson } from "./snake-json.js";

/** The match quality of a source as one JSON object; docs/match-quality.md says what its fields mean. */
export function qualityJson(report: QualityReport): JsonObject {
  const { surface, records, sendable, fields, coverage, combinations, findings } = report;
  return {
    match_quality: {
      surface,
      records,
      sendable,
      fields: fields.map(({ field, suspicious, dropped, ...counts }) => ({
        field,
        ...snakeJson(counts),
        dropped: Object.fromEntries(dropped),
        suspicious: Object.fromEntries(suspicious),
      })),
      coverage: snakeJson(coverage),
      combinations: combinations.map((one) => snakeJson(one)),
      findings: findings.map((one) => snakeJson(one)),
    },
  };
}
