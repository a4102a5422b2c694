/** A choice and its weight; the weights of a table need not add up to anything. */
export type Weighted<T> = readonly [weight: number, choice: T];

/** Repeatable chance: the same seed gives the same throws on every machine. */
export interface Dice {
  /** True in `percent` of 100 throws. */
  readonly chance: (percent: number) => boolean;
  /** A whole number from 0 to `limit - 1`. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  readonly weighted: <T>(choices: readonly [Weighted<T>, ...Weighted<T>[]]) => T;
}

/** Dice over the mulberry32 generator: 32-bit integer steps only, so no platform rounds differently. */
export function dice(seed: number): Dice {
  let state = seed | 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    chance: (percent) => fraction() * 100 < percent,
    below,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    weighted: (choices) => pickWeighted(fraction(), choices),
  };
}

function pickWeighted<T>(fraction: number, choices: readonly [Weighted<T>, ...Weighted<T>[]]): T {
  let left = fraction * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices[0][1];
}
