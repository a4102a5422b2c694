/** Writes rows of audiences straight away that nothing is to be said about, as nearly all are. */
import type { JsonPage } from "../core/json-page.js";
import type { CompiledAudiences, CompiledColumn } from "../mapping/compile.js";
import { clearTally, emptyTally, isEmptyTally, startRow, type Scope } from "../mapping/scope.js";
import { anyWriter } from "../mapping/write/write-value.js";
import { COMMA, type Writer } from "../mapping/write/writer.js";
import { cellCheck } from "./cell-check.js";
import { FilledColumns } from "./filled-columns.js";
import { rowNeeds } from "./row-needs.js";
import type { Envelope } from "./rows.js";
import { WrittenRow } from "./written-row.js";

/**
 * Gives the row of a record; `undefined`, and nothing is written or counted, where it is withheld or
 * refused, where it makes several rows, or where anything is to be counted.
 */
export type OrdinaryRows<B> = (
  envelope: Envelope,
  batch: B,
  index: number,
) => WrittenRow | undefined;

/**
 * Makes what makes, for a run, the writer of ordinary rows: what that gives is what rendering gives of the
 * same record.
 */
export function ordinaryRows<B>(
  compiled: CompiledAudiences<B>,
  page: JsonPage,
): () => OrdinaryRows<B> {
  const { columns, onlyIf } = compiled;
  const writers = columns.map(writerOf);
  const needs = rowNeeds(compiled);
  return () => {
    // A record about which the mapping counts anything is not ordinary.
    const tally = emptyTally();
    let scope: ReturnType<typeof compiled.scope> | undefined;
    const filled = new FilledColumns(columns.length, needs);
    return (envelope, batch, index) => {
      const { operation } = envelope;
      if (operation === "import") return undefined;
      scope ??= compiled.scope(batch, tally);
      startRow(scope, batch, index);
      page.startRow();
      const removing = operation === "remove";
      if (!removing && onlyIf !== undefined && onlyIf(scope) !== true) page.giveUp();
      writeCells(writers, columns, removing, scope, page, filled);
      const isQuiet = scope.fault === undefined && isEmptyTally(tally);
      if (!isQuiet) clearTally(tally);
      const { positions, areEnough } = filled.judged(removing);
      if (!isQuiet || !areEnough) page.giveUp();
      const json = page.endRow();
      return json && new WrittenRow(envelope, operation, positions, json, columns.length);
    };
  };
}

/** Writes the cells of a row, and says which columns it has. */
function writeCells<B>(
  writers: readonly Writer<B>[],
  columns: readonly CompiledColumn<B>[],
  removing: boolean,
  scope: Scope<B>,
  page: JsonPage,
  filled: FilledColumns,
): void {
  const start = page.at;
  filled.clear();
  for (let at = 0; at < writers.length; at += 1) {
    if (removing && columns[at]?.column.everyRow !== "no") continue;
    const place = page.at;
    page.byte(COMMA);
    if (writers[at]?.(scope, page) === true) filled.add(at);
    else page.at = place;
  }
  page.closeList(start);
}

/** Other columns than those of digests are rendered, and held against the spec, as ever. */
function writerOf<B>({ name, values, write, isProven }: CompiledColumn<B>): Writer<B> {
  if (write !== undefined) return write;
  const violation = isProven ? undefined : cellCheck(name);
  return (scope, page) => {
    const [cell, ...others] = values(scope);
    if (cell === undefined) return false;
    if (others.length > 0 || violation?.([cell]) !== undefined) return page.giveUp();
    return writeCell(cell, page);
  };
}

const writeCell = anyWriter(undefined);
