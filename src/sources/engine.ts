/** The database engine, and the only settings it ever runs with. */
import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";

/** A running engine with its one connection. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Its folder for what does not fit into memory, which is made when it is needed. */
  readonly folder: string;
  /** May be called more than once. */
  close(): void;
}

/**
 * Memory is bounded (what does not fit is spilled to a folder of its own, which is removed on
 * close), nothing is fetched from the network, and rows keep the order of the source.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  threads: "2",
  memory_limit: "256MB",
  preserve_insertion_order: "true",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
  lock_configuration: "true",
};

/**
 * Starts an engine in memory, or over a database that it can only read. Throws the engine's error.
 *
 * @param database the path of a DuckDB file
 * @param differs settings that differ from the usual ones
 */
export async function startEngine(
  database?: string,
  differs: Readonly<Record<string, string>> = {},
): Promise<Engine> {
  const folder = newFolder();
  const { lock_configuration: locked = "true", ...others } = { ...SETTINGS, ...differs };
  const settings = { ...others, temp_directory: folder };
  const instance = await (database === undefined
    ? DuckDBInstance.create(":memory:", settings)
    : DuckDBInstance.create(database, { ...settings, access_mode: "READ_ONLY" }));
  const connection = await instance.connect();
  // Plans must not depend on the time zone of the machine.
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET lock_configuration = ${locked}`);
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    connection.closeSync();
    instance.closeSync();
    // The engine removes its files when its last result is collected, which may be never; they
    // hold data of people.
    rmSync(folder, { recursive: true, force: true });
  };
  return { connection, folder, close };
}

/**
 * A folder that is made when it is needed. It holds data of people, so what a process left behind that
 * was killed is removed by the next one of this machine.
 */
function newFolder(): string {
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith(PREFIX) && !isAlive(Number.parseInt(name.slice(PREFIX.length), 10)))
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  return path.join(tmpdir(), `${PREFIX}${String(process.pid)}-${randomUUID()}`);
}

/** A process goes by its machine too, since containers may share a folder. */
const PREFIX = `retl-meta-${hostname()}-`;

/** Signal 0 only asks; a process of somebody else's answers that this is not allowed. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The files that match a pattern. */
export async function glob(pattern: string): Promise<readonly string[]> {
  const engine = await startEngine();
  try {
    const found = await engine.connection.runAndReadAll(
      `SELECT file FROM glob(${sqlText(pattern)})`,
    );
    return found.getRows().flatMap(([file]) => (typeof file === "string" ? [file] : []));
  } finally {
    engine.close();
  }
}

/** Text as SQL writes it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL writes it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Files as SQL lists them: each is itself, also when its name looks like a pattern. */
export function sqlFiles(paths: readonly string[]): string {
  const literal = paths.map((path) => path.replace(/[*?[]/g, (sign) => `[${sign}]`));
  return `[${literal.map(sqlText).join(", ")}]`;
}
