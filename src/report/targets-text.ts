/** The Target Registry as a person reads it. */
import { safeName } from "../core/redact.js";
import type { RegisteredTarget } from "../store/target-registry.js";
import { instant } from "./instant.js";
import { left, textTable } from "./table.js";

const COLUMNS = [
  "AD ACCOUNT",
  "TARGET",
  "AUDIENCE",
  "HOW IT CAME",
  "LAST CHECKED",
  "TRUSTED SINCE",
].map(left);

/** One target a line. */
export function targetsText(targets: readonly RegisteredTarget[]): string {
  if (targets.length === 0) return "No audience is known by its name yet.\n";
  const rows = targets.map((target) => [
    target.adAccountId,
    safeName(target.target),
    target.audienceId ?? "",
    howItCame(target),
    instant(target.checkedAt),
    instant(target.trustedSince),
  ]);
  return `${textTable(COLUMNS, rows)}\n`;
}

function howItCame({ audienceId, createdByUs }: RegisteredTarget): string {
  if (audienceId === undefined) return "being created";
  return createdByUs ? "created" : "found";
}
