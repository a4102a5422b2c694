/** Real files in folders of their own, and sources over them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, onTestFinished } from "vitest";
import type { ColumnRef, SourceDeclaration } from "../../src/config/sync-file.js";
import type { Diagnostic, Place } from "../../src/core/diagnostic.js";
import type { Json } from "../../src/core/json.js";
import { openSource } from "../../src/sources/open-source.js";
import type { OpenSource } from "../../src/sources/source.js";
import { SourceFailure } from "../../src/sources/source-failure.js";

export const PLACE: Place = { kind: "value", source: "sync.yaml", path: "source" };

/** A column with a place that tells it apart. */
export function column(name: string): ColumnRef {
  return { name, place: { kind: "value", source: "sync.yaml", path: name } };
}

/** Writes files (gzip by their ending) into a folder that is removed after the test. */
export async function folderWith(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-sources-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files))
    await writeFile(
      path.join(folder, name),
      name.endsWith(".gz") && typeof content === "string" ? gzipSync(content) : content,
    );
  return folder;
}

/** Runs statements in a DuckDB file, or in memory. */
export async function runSql(database: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

export function fileSource(pattern: string): SourceDeclaration {
  return { kind: "file", pattern, place: PLACE };
}

export async function opened(
  declaration: SourceDeclaration,
  expected?: readonly string[],
): Promise<OpenSource> {
  const source = await openSource(declaration, expected);
  if (!source.ok) throw new Error(source.error.map(({ message }) => message).join("; "));
  const { value } = source;
  onTestFinished(() => value.close());
  return value;
}

export async function problemsOf(declaration: SourceDeclaration): Promise<readonly Diagnostic[]> {
  const source = await openSource(declaration);
  expect(source.ok).toBe(false);
  return source.ok ? [] : source.error;
}

/** All rows of the wanted columns. */
export async function rowsOf(
  source: OpenSource,
  wanted: readonly string[] = source.columns.map(({ name }) => name),
): Promise<readonly (readonly Json[])[]> {
  const rows: Json[][] = [];
  for await (const batch of source.batches(wanted)) {
    expect(batch.firstRow).toBe(rows.length + 1);
    for (let row = 0; row < batch.rows; row += 1)
      rows.push(batch.columns.map((values) => values[row] ?? null));
  }
  return rows;
}

/** The diagnostic with which reading breaks off. */
export async function failureOf(source: OpenSource): Promise<Diagnostic | undefined> {
  try {
    await rowsOf(source);
  } catch (error) {
    if (error instanceof SourceFailure) return error.diagnostic;
    throw error;
  }
  return undefined;
}
