/** The database of the engine in which what is wanted is gathered. */
export const SCRATCH = "scratch";

/** The one in which comparisons make their tables. */
export const DERIVED = "derived";

/** Tables that are no part of the store's file, so that they can be written to when it is only read. */
export const CATALOGS: ReadonlyMap<string, string> = new Map([
  ["candidates", "temp"],
  ["staged_rows", SCRATCH],
  ["supposed", SCRATCH],
]);
