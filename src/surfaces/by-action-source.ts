import type { Json } from "../core/json.js";

/** A time that Meta states for all action sources, and for some of them differently. */
export type SecondsBySource = Readonly<Record<string, number>> & { readonly default: number };

/** Gives the seconds that hold for an action source. */
export function byActionSource(
  seconds: SecondsBySource,
): (actionSource: Json | undefined) => number {
  const known = new Map<Json | undefined, number>(Object.entries(seconds));
  return (actionSource) => known.get(actionSource) ?? seconds.default;
}
