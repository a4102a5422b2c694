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

/** What a guard says of an audience. */
export interface GuardVerdict {
  /** Why the audience is left as it is, if it is. */
  readonly because: string | undefined;
  /** Down to how many rows it may come, where that is somebody's word: it holds until it is carried out. */
  readonly mayShrinkTo: number | undefined;
}

/** Looks at what is to be removed, and at what somebody allowed, in this run or in one that broke off. */
export function guardRemovals(
  audience: AudienceDifference,
  { percent, isAllowed }: RemovalGuard,
): GuardVerdict {
  const { rows, mayShrinkTo } = audience;
  // What others share stays in any case, and may be there for years: no part of what can be lost.
  const held = rows.held - rows.kept;
  const left = held - rows.removals;
  const loss = { left, percent, isEmptied: rows.wanted === 0 };
  const why = whyStop({ ...loss, held });
  if (why === undefined) return { because: undefined, mayShrinkTo: undefined };
  if (isAllowed) return { because: undefined, mayShrinkTo: left };
  if (
    mayShrinkTo !== undefined &&
    whyStop({ ...loss, held: Math.min(held, mayShrinkTo) }) === undefined
  )
    return { because: undefined, mayShrinkTo };
  return { because: message(audience, held, why), mayShrinkTo: undefined };
}

interface Loss {
  readonly held: number;
  readonly left: number;
  readonly percent: number | undefined;
  readonly isEmptied: boolean;
}

function whyStop({ held, left, percent, isEmptied }: Loss): string | undefined {
  if (percent === undefined || left >= held) return undefined;
  if (isEmptied) return "the source wants nobody in it any more";
  const isLarge = held >= GUARDED_ROWS && (held - left) * 100 > held * percent;
  return isLarge ? `\`removal_guard\` lets ${figure(percent)} % go at once` : undefined;
}

function message({ target, rows, members }: AudienceDifference, held: number, why: string): string {
  const share = `${figure((rows.removals * 100) / held)} %`;
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
