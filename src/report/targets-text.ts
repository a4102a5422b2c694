/** The Target Registry as a person reads it. */
import type { RegisteredTarget } from "../store/target-registry.js";
import { instant } from "./instant.js";
import { textTable } from "./table.js";

/** One target a line. */
export function targetsText(targets: readonly RegisteredTarget[]): string {
  if (targets.length === 0) return "No target is known yet.\n";
  const columns = ["TARGET", "AD ACCOUNT", "AUDIENCE", "HOW", "SINCE", "TRUSTED SINCE"].map(
    (title) => ({ title, align: "left" }) as const,
  );
  const rows = targets.map((target) => [
    target.target,
    target.adAccountId,
    target.audienceId ?? "",
    target.audienceId === undefined ? "being created" : target.createdByUs ? "created" : "found",
    instant(target.checkedAt),
    instant(target.trustedSince),
  ]);
  return `${textTable(columns, rows)}\n`;
}
