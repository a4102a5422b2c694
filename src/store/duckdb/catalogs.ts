/** The database of the engine in which comparisons make their tables. */
export const SCRATCH = "scratch";

/** Tables that are no part of the store's file, so that they can be written to when it is only read. */
export const CATALOGS: ReadonlyMap<string, string> = new Map([
  ["candidates", "temp"],
  ["staged_rows", SCRATCH],
  ["supposed", SCRATCH],
]);
