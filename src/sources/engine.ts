/** The database engine, and the only settings it ever runs with. */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { makeSpillFolder, removeSpillFolder } from "./spill-folder.js";

/** A running engine with its one connection. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Its own, for what does not fit into memory; removed when it is closed. */
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
};

/**
 * Starts an engine in memory, or over a database that it can only read. Throws the engine's error.
 *
 * @param database the path of a DuckDB file
 * @param differs settings that differ from the usual ones
 * @param configuration `open` when whoever starts it changes settings as it runs
 */
export async function startEngine(
  database?: string,
  differs: Readonly<Record<string, string>> = {},
  configuration: "locked" | "open" = "locked",
): Promise<Engine> {
  const folder = makeSpillFolder();
  const settings = { ...SETTINGS, ...differs, temp_directory: folder };
  const instance = await (database === undefined
    ? DuckDBInstance.create(":memory:", settings)
    : DuckDBInstance.create(database, { ...settings, access_mode: "READ_ONLY" }));
  const connection = await instance.connect();
  // Plans must not depend on the time zone of the machine.
  await connection.run("SET TimeZone = 'UTC'");
  if (configuration === "locked") await connection.run("SET lock_configuration = true");
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    connection.closeSync();
    instance.closeSync();
    // The engine removes its files when its last result is collected, which may be never; they
    // hold data of people.
    removeSpillFolder(folder);
  };
  return { connection, folder, close };
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
