/** What a run waited for, kept in bounded memory. */
import type { Waiting, WaitReason } from "../delivery/delivered.js";

/** A stretch of time in which requests to a target waited. */
export interface Wait {
  readonly target: string;
  readonly because: WaitReason;
  readonly from: number;
  until: number;
}

/** So many are told one by one. */
const MOST = 100;

/** Waits of many requests; what several of them shared is one. */
export class Waits {
  /** How many there were of each reason, short ones among them. */
  readonly counts: Record<WaitReason, number> = {
    throttled: 0,
    paced: 0,
    retry: 0,
    lost_answer: 0,
  };
  /** How long they took, waits side by side added up, in ms. */
  readonly lengths: Record<WaitReason, number> = {
    throttled: 0,
    paced: 0,
    retry: 0,
    lost_answer: 0,
  };
  private readonly last = new Map<string, Wait>();
  private kept: Wait[] = [];

  /** The longest ones, in the order in which they began. */
  get longest(): readonly Wait[] {
    return this.kept.toSorted((a, b) => a.from - b.from);
  }

  /** A request starts to wait. */
  add(at: number, { target, until, because }: Waiting): void {
    const key = JSON.stringify([target, because]);
    const before = this.last.get(key);
    if (before !== undefined && at < before.until) {
      this.lengths[because] += Math.max(0, until - before.until);
      before.until = Math.max(before.until, until);
      return;
    }
    const wait: Wait = { target, because, from: at, until };
    this.counts[because] += 1;
    this.lengths[because] += until - at;
    this.last.set(key, wait);
    this.kept.push(wait);
    if (this.kept.length >= 2 * MOST) this.kept = longestOf(this.kept);
  }
}

function longestOf(waits: readonly Wait[]): Wait[] {
  return waits.toSorted((a, b) => b.until - b.from - (a.until - a.from)).slice(0, MOST);
}
