import type { JsonObject } from "../core/json.js";
import { snakeJson } from "../report/snake-json.js";
import type { Facts } from "./facts.js";
import { manualPlace, type Finding } from "./finding.js";
import { healthOf } from "./judge.js";
import { endsOf } from "./judge-version.js";

/** What was looked at and found as one object, for machines. */
export function doctorJson({ meta, store }: Facts, findings: readonly Finding[]): JsonObject {
  const ends = endsOf(meta.apiVersion);
  return {
    health: healthOf(findings),
    findings: findings.map((finding) => ({
      ...snakeJson(finding),
      more: manualPlace(finding.code),
    })),
    version_ends: ends === undefined ? null : { ...ends },
    meta: snakeJson(meta),
    store: snakeJson(store),
  };
}
