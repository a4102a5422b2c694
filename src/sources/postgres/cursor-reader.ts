import type { Place } from "../../core/diagnostic.js";
import type { Json } from "../../core/json.js";
import type { ColumnBatch } from "../source.js";
import { binaryColumn, brokenOff, SourceFailure } from "../source-failure.js";
import type { ColumnType } from "./column-types.js";
import { columnConverter } from "./column-values.js";
import type { ReadOnlyConnection, ServerRow } from "./connection.js";
import { isCancelled, readingMessage } from "./server-message.js";
import { timeoutProblem } from "./timeout-problem.js";

/** A column of a query. */
export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Fetches are to be about this large, and as many rows as are known to be so. */
const FETCH_BYTES = 1024 * 1024;
const FIRST_ROWS = 64;
const MAX_ROWS = 2_048;

/** Reads a query by a cursor, a fetch at a time. */
export class CursorReader {
  constructor(
    private readonly connection: ReadOnlyConnection,
    private readonly query: { readonly sql: string; readonly place: Place },
    private readonly columns: readonly TypedColumn[],
  ) {}

  /** Runs the query anew each time. The text runs as it is, so that ORDER BY holds. */
  async *batches(wanted: readonly string[]): AsyncGenerator<ColumnBatch> {
    const readers = wanted.map((name) => this.reader(name));
    await this.guarded(() => this.connection.declare(this.query.sql));
    try {
      let count = FIRST_ROWS;
      let firstRow = 1;
      for (;;) {
        const { rows } = await this.guarded(() => this.connection.fetch(count));
        if (rows.length === 0) return;
        yield { columns: readers.map((read) => rows.map(read)), rows: rows.length, firstRow };
        firstRow += rows.length;
        count = nextCount(rows);
      }
    } finally {
      await this.connection.free();
    }
  }

  private reader(name: string): (row: ServerRow) => Json {
    const position = this.columns.findIndex((column) => column.name === name);
    const type = this.columns[position]?.type;
    if (type === undefined) throw new RangeError("the columns were not checked");
    const convert = columnConverter(type);
    if (convert === undefined)
      throw new SourceFailure(binaryColumn(name, type.name, this.query.place));
    return (row) => {
      const cell = row[position] ?? null;
      // The server sees to it that text is UTF-8, whatever its database holds.
      return cell === null ? null : convert(cell.toString("utf8"));
    };
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { place } = this.query;
      throw new SourceFailure(
        isCancelled(error) ? timeoutProblem(place) : brokenOff(place, readingMessage(error)),
      );
    }
  }
}

/** How many rows make a fetch of about the right size, if the next ones are like these. */
function nextCount(rows: readonly ServerRow[]): number {
  let bytes = 1;
  for (const row of rows) for (const cell of row) bytes += cell?.length ?? 0;
  const fitting = Math.floor((FETCH_BYTES * rows.length) / bytes);
  return Math.min(MAX_ROWS, Math.max(1, fitting));
}
