/** What a mirror found of each audience, as a table. */
import type { MirroredAudience, RunResult } from "../delivery/run-result.js";
import { figure, left, right, textTable } from "./table.js";

const COUNTS = ["joined", "left", "changed", "moved", "repeated", "unchanged"] as const;

/** Empty where nothing was compared. */
export function mirrorTable({ mirror }: RunResult): string {
  if (mirror === undefined || mirror.audiences.length === 0) return "";
  const columns = [left("AUDIENCE"), ...COUNTS.map((name) => right(name.toUpperCase()))];
  return textTable(columns, mirror.audiences.map(row));
}

function row({ target, members }: MirroredAudience): readonly string[] {
  return [target, ...COUNTS.map((name) => figure(members[name]))];
}
