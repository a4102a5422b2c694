/** What `check` says about times that carry no zone. */
import type { ColumnRef, Declaration } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Json } from "../core/json.js";
import { readTime } from "../core/time.js";
import type { OpenSource, SourceColumn } from "./source.js";

/** How many values of a text column are looked at. */
const SAMPLE = 1_000;

/** Types whose values may be times as text, by the names of DuckDB and of Postgres. */
const TEXTS: ReadonlySet<string> = new Set(["VARCHAR", "JSON", "TEXT", "BPCHAR", "JSONB"]);

/**
 * Finds columns of `occurred_at` whose times have no zone although none is declared: by the type of
 * the column, or for text by its first 1,000 values. Reading may throw a `SourceFailure`.
 *
 * @param source whose columns are those of the declaration
 */
export async function zoneProblems(
  declaration: Declaration,
  source: OpenSource,
): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  for (const ref of timeColumns(declaration)) {
    const column = source.columns.find(({ name }) => name === ref.name);
    if (column === undefined) continue;
    const finding = await findingOf(column, declaration, source);
    if (finding !== undefined) problems.push(diagnostic(ref, finding));
  }
  return problems;
}

type Finding = "no_zone" | "no_time";

function timeColumns(declaration: Declaration): readonly ColumnRef[] {
  if (declaration.kind !== "event" || declaration.occurredAt.kind === "epoch") return [];
  const { from } = declaration.occurredAt;
  return from.kind === "constant" ? [] : from.columns;
}

async function findingOf(
  { name, type }: SourceColumn,
  declaration: Declaration,
  source: OpenSource,
): Promise<Finding | undefined> {
  if (type === "DATE") return "no_time";
  if (declaration.kind === "event" && declaration.occurredAt.kind === "zoned") return undefined;
  if (/^TIMESTAMP(?:_S|_MS|_NS)?$/.test(type)) return "no_zone";
  if (!TEXTS.has(type)) return undefined;
  return (await firstValues(source, name)).some(isWithoutZone) ? "no_zone" : undefined;
}

async function firstValues(source: OpenSource, column: string): Promise<readonly Json[]> {
  const values: Json[] = [];
  for await (const batch of source.batches([column])) {
    values.push(...(batch.columns[0] ?? []));
    if (values.length >= SAMPLE) break;
  }
  return values.slice(0, SAMPLE);
}

function isWithoutZone(value: Json): boolean {
  return typeof value === "string" && readTime(value).kind === "without_zone";
}

function diagnostic({ name, place }: ColumnRef, finding: Finding): Diagnostic {
  const severity = "error";
  if (finding === "no_time")
    return {
      code: "sync.date_without_time",
      severity,
      message: `column \`${name}\` holds dates, which say no time of day`,
      remedy: "Name a column that holds the time of the event.",
      place,
    };
  return {
    code: "sync.time_without_zone",
    severity,
    message: `column \`${name}\` holds times without a zone`,
    remedy: `Say whose clock they are of: \`occurred_at: {column: ${name}, zone: Europe/Berlin}\`.`,
    place,
  };
}
