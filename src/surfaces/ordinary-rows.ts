/** Writes rows of audiences straight away that nothing is to be said about, as nearly all are. */
import type { JsonPage } from "../core/json-page.js";
import type { CompiledAudiences, CompiledColumn } from "../mapping/compile.js";
import { clearTally, emptyTally, isEmptyTally, startRow, type Scope } from "../mapping/scope.js";
import { anyWriter } from "../mapping/write/write-value.js";
import { COMMA, type Writer } from "../mapping/write/writer.js";
import { cellCheck } from "./cell-check.js";
import type { AudienceEntry } from "./entry.js";
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
) => AudienceEntry | undefined;

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
    // Nearly all rows have the same columns, and share the list of them.
    let before: readonly number[] = [];
    return (envelope, batch, index) => {
      const { operation } = envelope;
      if (operation === "import") return undefined;
      scope ??= compiled.scope(batch, tally);
      startRow(scope, batch, index);
      page.startRow();
      const removing = operation === "remove";
      if (!removing && onlyIf !== undefined && onlyIf(scope) !== true) page.giveUp();
      const written = writeCells(writers, columns, removing, scope, page);
      const isQuiet = scope.fault === undefined && isEmptyTally(tally);
      if (!isQuiet) clearTally(tally);
      if (!isQuiet || !needs((at) => written.includes(at), removing).areMet) page.giveUp();
      const json = page.endRow();
      if (json === undefined) return undefined;
      if (!areEqual(written, before)) before = written;
      return new WrittenRow(envelope, operation, before, json, columns.length);
    };
  };
}

/** Writes the cells of a row; gives the positions of those that it has. */
function writeCells<B>(
  writers: readonly Writer<B>[],
  columns: readonly CompiledColumn<B>[],
  removing: boolean,
  scope: Scope<B>,
  page: JsonPage,
): readonly number[] {
  const start = page.at;
  const written: number[] = [];
  for (let at = 0; at < writers.length; at += 1) {
    if (removing && columns[at]?.column.everyRow !== "no") continue;
    const place = page.at;
    page.byte(COMMA);
    if (writers[at]?.(scope, page) === true) written.push(at);
    else page.at = place;
  }
  page.closeList(start);
  return written;
}

function areEqual(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
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
