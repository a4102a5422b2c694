/** A source that is a query of the engine: files and databases alike. */
import {
  DuckDBTypeId,
  type DuckDBDataChunk,
  type DuckDBResult,
  type DuckDBType,
} from "@duckdb/node-api";
import type { Place } from "../core/diagnostic.js";
import type { Json } from "../core/json.js";
import { columnConverter, type ToJson } from "./column-values.js";
import { readingMessage } from "./engine-message.js";
import type { Engine } from "./engine.js";
import type { ColumnBatch, OpenSource, SourceColumn } from "./source.js";
import { binaryColumn, brokenOff, SourceFailure } from "./source-failure.js";
import { textColumn } from "./text-column.js";

/** A query that is ready to run. */
export interface Query {
  readonly engine: Engine;
  readonly columns: readonly SourceColumn[];
  readonly place: Place;
  /** Starts to stream, and says at which positions of the result the wanted columns are. */
  run(wanted: readonly string[]): Promise<RunningQuery>;
}

/** A query that streams. */
export interface RunningQuery {
  readonly result: DuckDBResult;
  readonly positions: readonly number[];
}

/** Makes a source of a query; closing it ends the engine. */
export function querySource(query: Query): OpenSource {
  const { engine, columns } = query;
  return { columns, batches: (wanted) => batches(query, wanted), close: () => engine.close() };
}

/** The engine's name of a type. */
export function typeName(type: DuckDBType): string {
  return type.alias ?? String(type);
}

async function* batches(query: Query, wanted: readonly string[]): AsyncGenerator<ColumnBatch> {
  const { result, positions } = await guarded(query, () => query.run(wanted));
  const columns = positions.map((position, index) =>
    columnReader(query, wanted[index] ?? "", position, result.columnType(position)),
  );
  let firstRow = 1;
  for (;;) {
    const chunk = await guarded(query, () => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const values = columns.map((read) => read(chunk));
    // Asked last: texts are read out of memory that is there as long as the chunk is.
    const rows = chunk.rowCount;
    yield { columns: values, rows, firstRow };
    firstRow += rows;
  }
}

async function guarded<T>(query: Query, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new SourceFailure(brokenOff(query.place, readingMessage(error)));
  }
}

type ColumnReader = (chunk: DuckDBDataChunk) => readonly Json[];

function columnReader(
  query: Query,
  column: string,
  position: number,
  type: DuckDBType,
): ColumnReader {
  const convert = columnConverter(type);
  if (convert === undefined)
    throw new SourceFailure(binaryColumn(column, typeName(type), query.place));
  if (type.typeId !== DuckDBTypeId.VARCHAR)
    return (chunk) => columnValues(chunk, position, convert);
  if (type.alias === undefined) return (chunk) => textColumn(chunk, position);
  return (chunk) =>
    textColumn(chunk, position).map((text) => (text === null ? null : convert(text)));
}

function columnValues(chunk: DuckDBDataChunk, position: number, convert: ToJson): readonly Json[] {
  const vector = chunk.getColumnVector(position);
  const values = new Array<Json>(vector.itemCount);
  for (let row = 0; row < values.length; row += 1) {
    const value = vector.getItem(row);
    values[row] = value === null ? null : convert(value);
  }
  return values;
}
