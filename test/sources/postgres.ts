/** Sources over a real PostgreSQL. */
import { readSyncFile } from "../../src/config/read-sync-file.js";
import type { SourceDeclaration } from "../../src/config/sync-file.js";
import postgres from "postgres";
import { expect, vi } from "vitest";
import { runStatements, startPostgres } from "../postgres/server.js";
import { PLACE } from "./sources.js";

/** A query over the database of a URL. */
export function postgresSource(
  url: string,
  sql: string,
  statementTimeoutSeconds = 60,
): SourceDeclaration {
  const sources = { env: { WAREHOUSE_URL: url }, toml: undefined };
  const sync = readSyncFile(SYNC, "sync.yaml", "/", sources);
  if (!sync.ok || sync.value.source.kind !== "postgres") throw new Error(JSON.stringify(sync));
  return { ...sync.value.source, sql, statementTimeoutSeconds, place: PLACE };
}

const SYNC = `sync: a
source: {postgres: env:WAREHOUSE_URL, sql: SELECT 1}
state: {key: {id: id}, target: audience}
destination: {mapping: m.yaml, config_namespace: n}
`;

/** A database to read from, watched by an administrator. */
export interface Warehouse {
  readonly url: string;
  /** What the sessions of this package are doing. */
  readonly sessions: () => Promise<readonly string[]>;
  /** Waits until there are none. */
  readonly noSessions: () => Promise<void>;
  /** Breaks them, as an administrator or a failing machine would. */
  readonly endSessions: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Starts a server with a database in which the statements have run. */
export async function startWarehouse(...statements: readonly string[]): Promise<Warehouse> {
  const server = await startPostgres();
  const url = await server.freshDatabase();
  await runStatements(url, ...statements);
  const watcher = postgres(server.url, { max: 1 });
  const sessions = async () => {
    const rows = await watcher<{ state: string }[]>`
      SELECT state FROM pg_stat_activity WHERE application_name = 'retl-meta'`;
    return rows.map(({ state }) => state);
  };
  return {
    url,
    sessions,
    noSessions: () =>
      vi.waitFor(async () => expect(await sessions()).toEqual([]), { timeout: 5_000 }),
    endSessions: async () => {
      await watcher`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'retl-meta'`;
    },
    end: async () => {
      await watcher.end();
      await server.stop();
    },
  };
}
