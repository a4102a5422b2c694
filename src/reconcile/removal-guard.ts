/** Keeps a run from emptying an audience because a source went wrong. */
import { safeName } from "../core/redact.js";
import type { AudienceDifference } from "../store/members.js";

/** Of a smaller audience a large share is a small number. */
export const GUARDED_ROWS = 100;

/** What a run may remove. */
export interface RemovalGuard {
  /** The share of the held rows, in percent; `undefined` for all of them. */
  readonly percent: number | undefined;
  /** Whether somebody said that it may remove more. */
  readonly isAllowed: boolean;
}

/** Why an audience is left as it is, if it is. */
export function guardStop(
  { target, rows, members }: AudienceDifference,
  { percent, isAllowed }: RemovalGuard,
): string | undefined {
  if (percent === undefined || isAllowed || rows.removals === 0) return undefined;
  const isEmptied = rows.wanted === 0;
  // What others share stays in any case, and may be there for years: no part of what can be lost.
  const held = rows.held - rows.kept;
  const isLarge = held >= GUARDED_ROWS && rows.removals * 100 > held * percent;
  if (!isEmptied && !isLarge) return undefined;
  const share = `${figure((rows.removals * 100) / held)} %`;
  const why = isEmptied
    ? "the source wants nobody in it any more"
    : `\`removal_guard\` lets ${figure(percent)} % go at once`;
  return (
    `${figure(rows.removals)} of ${counted(held, "row")} (${share}) would be removed, and ${why}. ` +
    `${counted(members.left, "member")} left; ${counted(rows.removedByChange, "row")} of members who stay would be replaced. ` +
    `If that is right, run again with \`--allow-removals "${safeName(target)}"\`; if not, look at the source and the mapping.`
  );
}

function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

function figure(count: number): string {
  return NUMBER.format(count);
}
