/** When the next call to an ad account or pixel may start, by what Meta says of its limits. */
import type { Clock, Random } from "../core/ports.js";
import type { Usage } from "../graph/usage.js";

interface Pace {
  /** No call starts before this instant. */
  blockedUntil: number;
  /** Between the starts of two calls, in ms. */
  spacing: number;
  lastStart: number;
  /** How often in a row Meta throttled without saying for how long. */
  unstated: number;
}

/** How much of the limits of an ad account or pixel Meta said to be used up. */
export interface StatedUsage {
  readonly of: string;
  readonly percent: number;
}

/** From this share of a limit on calls are spaced out, up to the largest spacing at 100 %. */
export const SLOW_FROM_PERCENT = 75;
const MAX_SPACING_MS = 5_000;

/** What is waited where Meta states no time. */
const UNSTATED_WAIT_MS = 60_000;
const MAX_UNSTATED_WAIT_MS = 15 * 60_000;

/**
 * Calls made while a limit is used up lengthen the block, so nothing is sent until it is over; and
 * from three quarters of a limit on calls come slower.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/overview/rate-limiting
 */
export class Pacer {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly onUsage: (usage: StatedUsage) => void = () => undefined,
    private readonly paces = new Map<string, Pace>(),
  ) {}

  /** The same paces, for a run that tells somebody else of usage. */
  telling(onUsage: (usage: StatedUsage) => void): Pacer {
    return new Pacer(this.clock, this.random, onUsage, this.paces);
  }

  /** The instant from which a call may start; in the past when it may at once. */
  readyAt(key: string): number {
    const { blockedUntil, lastStart, spacing } = this.pace(key);
    return Math.max(blockedUntil, lastStart + spacing);
  }

  /** True while Meta has told not to call. */
  isBlocked(key: string): boolean {
    return this.pace(key).blockedUntil > this.clock();
  }

  /** A call starts. */
  started(key: string): void {
    this.pace(key).lastStart = this.clock();
  }

  /** Reads the usage that an answer states. */
  note(key: string, { isStated, worstPercent, regainMs, resetMs }: Usage): void {
    if (isStated) this.onUsage({ of: key, percent: worstPercent });
    const pace = this.pace(key);
    const over = Math.min(100, worstPercent) - SLOW_FROM_PERCENT;
    pace.spacing = Math.max(0, (over / (100 - SLOW_FROM_PERCENT)) * MAX_SPACING_MS);
    if (worstPercent < 100 && regainMs === 0) return;
    this.block(pace, regainMs > 0 ? regainMs : resetMs > 0 ? resetMs : UNSTATED_WAIT_MS);
  }

  /** A call was throttled. @param statedMs what Meta asked to wait, 0 when it did not say */
  throttled(key: string, statedMs: number): void {
    const pace = this.pace(key);
    if (statedMs > 0) {
      this.block(pace, statedMs);
      return;
    }
    const ceiling = Math.min(MAX_UNSTATED_WAIT_MS, UNSTATED_WAIT_MS * 2 ** pace.unstated);
    pace.unstated += 1;
    this.block(pace, ceiling * (1 + this.random() / 4));
  }

  /** A call was taken: the next unstated wait starts small again. */
  taken(key: string): void {
    this.pace(key).unstated = 0;
  }

  private block(pace: Pace, ms: number): void {
    pace.blockedUntil = Math.max(pace.blockedUntil, this.clock() + Math.ceil(ms));
  }

  private pace(key: string): Pace {
    const known = this.paces.get(key);
    if (known !== undefined) return known;
    const pace = { blockedUntil: -Infinity, spacing: 0, lastStart: -Infinity, unstated: 0 };
    this.paces.set(key, pace);
    return pace;
  }
}
