/** A real PostgreSQL of a test file's own, offline, gone without a trace when it is stopped. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { findBinaries } from "./binaries.js";
import { loopbackPort } from "./loopback-port.js";

/** A running server. */
export interface PostgresServer {
  /** The URL of its first database, with a user that may do everything. */
  readonly url: string;
  /** Makes an empty database and gives its URL. */
  readonly freshDatabase: () => Promise<string>;
  /** Ends the server and removes its files; may be called more than once. */
  readonly stop: () => Promise<void>;
}

/** What must be in no output of ours. */
export const PASSWORD = "planted-password-7f3a";

/** The server refuses to run as root. This is `nobody`, who is on every Linux. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Nothing here has to outlive a crash. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "autovacuum=off",
  "shared_buffers=32MB",
];

/** How a server compares texts where a statement does not say. */
export type TextOrder = "by code points" | "as people do";

/** Most servers are not in `C`, and what forgets to say so works only there. */
const LOCALES: Readonly<Record<TextOrder, readonly string[]>> = {
  "by code points": ["--locale=C"],
  "as people do": ["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"],
};

/** Starts a server; it takes a second or two. Test files run side by side, each with its own. */
export async function startPostgres(order: TextOrder = "by code points"): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-postgres-"));
  try {
    const cluster = await makeCluster(folder, LOCALES[order]);
    const { port, server } = await startOnFreePort(cluster);
    return running(folder, port, server);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Cluster {
  readonly binaries: string;
  readonly data: string;
}

async function makeCluster(folder: string, locale: readonly string[]): Promise<Cluster> {
  await chmod(folder, 0o755);
  const binaries = await findBinaries(folder);
  const data = path.join(folder, "data");
  const password = path.join(folder, "password");
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, PASSWORD);
  if (UNPRIVILEGED.uid !== undefined) await chown(data, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  await promisify(execFile)(
    path.join(binaries, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      `--pwfile=${password}`,
      "--auth=scram-sha-256",
      "--no-sync",
    ].concat(["--encoding=UTF8", ...locale]),
    { ...UNPRIVILEGED, cwd: folder, env: { TZ: "UTC", LC_ALL: "C" } },
  );
  return { binaries, data };
}

interface Started {
  readonly port: number;
  readonly server: ChildProcess;
}

/** Somebody else may take a free port before the server does. */
async function startOnFreePort(cluster: Cluster): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const port = await freePort();
      return { port, server: await startServer(cluster, port) };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await loopbackPort(probe);
  probe.close();
  await once(probe, "close");
  return port;
}

async function startServer({ binaries, data }: Cluster, port: number): Promise<ChildProcess> {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const server = spawn(
    path.join(binaries, "postgres"),
    ["-D", data, "-p", String(port), ...settings],
    {
      ...UNPRIVILEGED,
      cwd: data,
      env: { TZ: "UTC", LC_ALL: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  await readiness(server);
  return server;
}

async function readiness(server: ChildProcess): Promise<void> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => {
      reject(new Error(`the server did not start:\n${log}`));
    });
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log = `${log}${text}`.slice(-10_000);
      if (log.includes("ready to accept connections")) resolve();
    });
  });
}

function running(folder: string, port: number, server: ChildProcess): PostgresServer {
  const urlOf = (database: string) =>
    `postgres://postgres:${PASSWORD}@127.0.0.1:${String(port)}/${database}`;
  const url = urlOf("postgres");
  // Its files are of no use to anybody, so it need not tidy up.
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  let databases = 0;
  return {
    url,
    freshDatabase: async () => {
      databases += 1;
      const name = `fresh_${String(databases)}`;
      await runStatements(url, `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    stop: async () => {
      process.off("exit", kill);
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, "exit");
        kill();
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements in a database, over a connection of their own. */
export async function runStatements(url: string, ...statements: readonly string[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
