import path from "node:path";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readText } from "./scalars.js";
import { openSection, type Reader, type Section } from "./section.js";
import type { SourceDeclaration } from "./sync-file.js";

const KEYS = ["file", "duckdb", "sql"] as const;

/** Reads `source`; relative paths start at the directory. */
export function readSource(directory: string): Reader<SourceDeclaration> {
  return (field, problems) => {
    const section = openSection(field, KEYS, problems);
    if (section === undefined) return undefined;
    const file = section.find("file");
    const duckdb = section.find("duckdb") ?? section.find("sql");
    if (file !== undefined && duckdb === undefined) return fileSource(file, directory, problems);
    if (duckdb !== undefined && file === undefined) return duckdbSource(section, directory);
    if (field.node.kind === "map" && file === undefined && field.node.entries.length > 0)
      return undefined;
    return problems.report(
      "source",
      field.keyPlace,
      `\`${field.path}\` names ${file === undefined ? "nothing to read" : "a file and a database"}`,
      "Write `{file: path}`, or `{duckdb: path, sql: …}`.",
    );
  };
}

function fileSource(
  field: Field,
  directory: string,
  problems: Problems,
): SourceDeclaration | undefined {
  const text = readText(field, problems);
  return text === undefined
    ? undefined
    : { kind: "file", pattern: path.resolve(directory, text), place: field.place };
}

function duckdbSource(
  section: Section<(typeof KEYS)[number]>,
  directory: string,
): SourceDeclaration | undefined {
  const name = section.need("duckdb", readText, "Write the path of a DuckDB file, or `:memory:`.");
  const sql = section.need("sql", readText, "Write the query whose rows are sent.");
  const place = section.find("sql")?.place;
  if (name === undefined || sql === undefined || place === undefined) return undefined;
  const database = name === ":memory:" ? name : path.resolve(directory, name);
  return { kind: "duckdb", database, sql, place };
}
