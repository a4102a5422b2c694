import type { Matching } from "./matching.js";

/** Matching `cell`: every identifier stands alone, and Meta knows of no people. */
export const CELLS: Matching = {
  kind: "cell",
  learn: () => undefined,
  reach: (identifiers) => identifiers,
  people: (identifiers) => Array.from(identifiers, (identifier) => [identifier]),
};
