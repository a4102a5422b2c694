/** What a mirror found of each audience, as a table. */
import type { MirroredAudience, RunResult } from "../delivery/run-result.js";
import { figure, left, right, textTable } from "./table.js";

/** What a mirror counts of an audience, in the order in which reports tell it. */
export const MEMBER_COUNTS = [
  "joined",
  "left",
  "changed",
  "moved",
  "repeated",
  "unchanged",
] as const;

/** Empty where nothing was compared. What a guard left as it is stands apart: none of it was sent. */
export function mirrorTable({ mirror }: RunResult): string {
  const audiences = mirror?.audiences ?? [];
  const changed = audiences.filter(({ guarded }) => guarded === undefined);
  const guarded = audiences.filter((audience) => audience.guarded !== undefined);
  const tables = [table("AUDIENCE", changed), table("GUARDED, NOTHING SENT", guarded)];
  return tables.filter((text) => text !== "").join("\n\n");
}

function table(title: string, audiences: readonly MirroredAudience[]): string {
  if (audiences.length === 0) return "";
  const columns = [left(title), ...MEMBER_COUNTS.map((name) => right(name.toUpperCase()))];
  return textTable(columns, audiences.map(row));
}

function row({ target, members }: MirroredAudience): readonly string[] {
  return [target, ...MEMBER_COUNTS.map((name) => figure(members[name]))];
}
