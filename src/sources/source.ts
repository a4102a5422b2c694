/** What a source of rows is to the rest of the project. */
import type { Json } from "../core/json.js";

/** A column of a source. */
export interface SourceColumn {
  readonly name: string;
  /** The engine's name of its type; `VARCHAR` in a CSV file, `JSON` in an NDJSON file. */
  readonly type: string;
}

/** Consecutive rows of a source, column by column. */
export interface ColumnBatch {
  /** In the order in which the columns were asked for; null where a row has no value. */
  readonly columns: readonly (readonly Json[])[];
  readonly rows: number;
  /** The number of the first row in the source, from 1. */
  readonly firstRow: number;
  /** Rows (by their index here) that could not be read: the end of a sentence about each. */
  readonly faults?: ReadonlyMap<number, string>;
}

/** A source whose columns are known and whose rows can be read. */
export interface OpenSource {
  readonly columns: readonly SourceColumn[];
  /**
   * Streams the rows in the order of the source. A failure on the way (a broken row, a value that
   * SQL cannot convert) is thrown as a `SourceFailure`: rows that were not read cannot be skipped.
   *
   * @param wanted names out of `columns`
   */
  batches(wanted: readonly string[]): AsyncIterable<ColumnBatch>;
  /** Ends reading and frees the engine; may be called at any time, more than once. */
  close(): void;
}
