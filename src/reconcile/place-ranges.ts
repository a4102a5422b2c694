import type { PlaceRange } from "../store/members.js";

/** Places in order, those without a gap between them taken together. */
export function placeRanges(places: readonly number[]): readonly PlaceRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range?.last === place - 1) range.last = place;
    else ranges.push({ first: place, last: place });
  }
  return ranges;
}
