import { expect, it } from "vitest";
import { placeRanges } from "../../src/reconcile/place-ranges.js";

it.each([
  { places: [], ranges: [] },
  { places: [7], ranges: [[7, 7]] },
  { places: [3, 4, 5], ranges: [[3, 5]] },
  {
    places: [9, 1, 2, 8, 5],
    ranges: [
      [1, 2],
      [5, 5],
      [8, 9],
    ],
  },
])("takes the places $places together", ({ places, ranges }) => {
  expect(placeRanges(places).map(({ first, last }) => [first, last])).toEqual(ranges);
});
