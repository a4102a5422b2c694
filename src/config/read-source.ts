import path from "node:path";
import type { MapNode } from "../core/yaml.js";
import type { ConfigSources } from "./config-sources.js";
import { readDatabaseUrl } from "./database-url.js";
import { readDuration } from "./duration.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readText } from "./scalars.js";
import { isReference } from "./secret-reference.js";
import { openSection, type Reader } from "./section.js";
import type { SourceDeclaration } from "./sync-file.js";

/** What can be read, each with the keys that belong to it. */
const KEYS = {
  file: ["file"],
  duckdb: ["duckdb", "sql"],
  postgres: ["postgres", "sql", "statement_timeout"],
} as const;
const KINDS = ["file", "duckdb", "postgres"] as const;

/** How to write a source. */
export const SOURCE_REMEDY =
  "Write `source: {file: path}`, `{duckdb: path, sql: …}` or `{postgres: env:NAME, sql: …}`.";

/** How long the server may take for a step of the query when nothing else is said. */
const DEFAULT_TIMEOUT_SECONDS = 600;

/**
 * Reads `source`.
 *
 * @param directory where relative paths start
 * @param sources in which the URL of a database is looked up when it is needed
 */
export function readSource(directory: string, sources: ConfigSources): Reader<SourceDeclaration> {
  return (field, problems) => {
    const { node } = field;
    if (node.kind !== "map") return problems.wrongType(field, "a map");
    const kinds = KINDS.filter((kind) => node.entries.some(({ key }) => key === kind));
    const [kind] = kinds;
    const shown = holdsSecret(field, node) ? field.withoutLines() : field;
    if (kinds.length > 1) return severalSources(shown, kinds, problems);
    switch (kind) {
      case "file":
        return readFileSource(shown, directory, problems);
      case "duckdb":
        return readDuckdbSource(shown, directory, problems);
      case "postgres":
        return readPostgresSource(shown, sources, problems);
      default:
        return noSource(shown, problems);
    }
  };
}

/** What stands in the place of a reference may be a password, and other problems show its line. */
function holdsSecret(field: Field, { entries }: MapNode): boolean {
  const entry = entries.find(({ key }) => key === "postgres");
  return entry !== undefined && !isReference(field.child(entry));
}

function severalSources(field: Field, kinds: readonly string[], problems: Problems): undefined {
  const names = kinds.map((kind) => `\`${kind}\``).join(" and ");
  const message = `\`${field.path}\` names more than one thing to read: ${names}`;
  return problems.report("source", field.keyPlace, message, SOURCE_REMEDY);
}

function noSource(field: Field, problems: Problems): undefined {
  const section = openSection(field, [...KINDS, "sql", "statement_timeout"], problems);
  // A key that is misspelt was reported as that.
  if (section === undefined || KINDS.some((kind) => section.isMeant(kind))) return undefined;
  const message = `\`${field.path}\` names nothing to read`;
  return problems.report("source", field.keyPlace, message, SOURCE_REMEDY);
}

const SQL_REMEDY = "Write the query whose rows are sent.";

function readFileSource(
  field: Field,
  directory: string,
  problems: Problems,
): SourceDeclaration | undefined {
  const section = openSection(field, KEYS.file, problems);
  const text = section?.take("file", readText);
  const place = section?.find("file")?.place;
  if (text === undefined || place === undefined) return undefined;
  return { kind: "file", pattern: path.resolve(directory, text), place };
}

function readDuckdbSource(
  field: Field,
  directory: string,
  problems: Problems,
): SourceDeclaration | undefined {
  const section = openSection(field, KEYS.duckdb, problems);
  const name = section?.take("duckdb", readText);
  const sql = section?.need("sql", readText, SQL_REMEDY);
  const place = section?.find("sql")?.place;
  if (name === undefined || sql === undefined || place === undefined) return undefined;
  const database = name === ":memory:" ? name : path.resolve(directory, name);
  return { kind: "duckdb", database, sql, place };
}

function readPostgresSource(
  field: Field,
  sources: ConfigSources,
  problems: Problems,
): SourceDeclaration | undefined {
  const section = openSection(field, KEYS.postgres, problems);
  const url = section?.take("postgres", readDatabaseUrl(sources));
  const sql = section?.need("sql", readText, SQL_REMEDY);
  const timeout = section?.take("statement_timeout", readDuration);
  const place = section?.find("sql")?.place;
  if (url === undefined || sql === undefined || place === undefined) return undefined;
  const statementTimeoutSeconds = timeout ?? DEFAULT_TIMEOUT_SECONDS;
  return { kind: "postgres", url, sql, statementTimeoutSeconds, place };
}
