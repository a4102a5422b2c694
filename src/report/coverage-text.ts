/** What `check --coverage` says about an input, as text. */
import type { CoveredField } from "../checks/coverage/coverage.js";
import type { CoveredColumn } from "../sync/column-coverage.js";
import { counted, figure, left, right, textTable } from "./table.js";

/** The coverage of one file: of a mapping by records, or of a sync by the columns of its source. */
export type CoverageReport = RecordCoverage | ColumnCoverage;

/** What a mapping makes of records: those of its examples, or of a file. */
export interface RecordCoverage {
  readonly input: "examples" | "records";
  readonly file: string;
  readonly records: number;
  /** Records that could not be read, and so are not counted. */
  readonly unreadable: number;
  readonly fields: readonly CoveredField[];
}

/** What a sync makes of the columns of its source. */
export interface ColumnCoverage {
  readonly input: "columns";
  readonly file: string;
  readonly columns: readonly CoveredColumn[];
}

/** A headline, then a table; what goes nowhere stands first. */
export function coverageText(report: CoverageReport): string {
  return report.input === "columns" ? columnText(report) : recordText(report);
}

function recordText({ input, file, records, unreadable, fields }: RecordCoverage): string {
  const of = counted(records, input === "examples" ? "example" : "record");
  const unmapped = figure(fields.filter(({ state }) => state === "unmapped").length);
  const unread = unreadable === 0 ? "" : `; ${counted(unreadable, "record")} could not be read`;
  const head = `${file}: ${counted(fields.length, "field")} in ${of}, ${unmapped} not mapped${unread}`;
  if (fields.length === 0) return head;
  const rows = [...fields].sort(byState).map((one) => [one.field, figure(one.records), goal(one)]);
  return `${head}\n\n${textTable(FIELD_TITLES, rows)}\n`;
}

const FIELD_TITLES = [left("FIELD"), right("RECORDS"), left("GOES TO")];

function goal({ state, goesTo }: CoveredField): string {
  if (state === "unmapped") return NOWHERE;
  return state === "behind" ? `${goesTo.join(", ")} (always behind another)` : goesTo.join(", ");
}

const NOWHERE = "– (not mapped)";
const STATES = ["undeclared", "unmapped", "behind", "mapped"];

function byState(a: { readonly state: string }, b: { readonly state: string }): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state);
}

function columnText({ file, columns }: ColumnCoverage): string {
  const count = (state: CoveredColumn["state"]) =>
    figure(columns.filter((one) => one.state === state).length);
  const head = `${file}: ${counted(columns.length, "column")}, ${count("undeclared")} not declared, ${count("unmapped")} not mapped`;
  const rows = [...columns]
    .sort(byState)
    .map(({ column, state, declaredAs, goesTo }) => [
      column,
      state === "undeclared" ? "– (not declared)" : declaredAs.join(", "),
      state === "unmapped" ? NOWHERE : goesTo.join(", "),
    ]);
  return `${head}\n\n${textTable(COLUMN_TITLES, rows)}\n`;
}

const COLUMN_TITLES = [left("COLUMN"), left("DECLARED AS"), left("GOES TO")];
