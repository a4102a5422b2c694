/** A time that Meta states for all action sources, and for some of them differently. */
export type SecondsBySource = Readonly<Record<string, number>> & { readonly default: number };

/** The seconds that hold for an action source. */
export function secondsFor(seconds: SecondsBySource, actionSource: string): number {
  return Object.hasOwn(seconds, actionSource)
    ? (seconds[actionSource] ?? seconds.default)
    : seconds.default;
}
