import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCli } from "../../src/cli/program.js";
import type { Io } from "../../src/cli/io.js";

/** What a command printed and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world of a command in a test. */
export interface CliWorld {
  readonly cwd?: string;
  readonly env?: Io["env"];
  readonly stdin?: string | AsyncIterable<Uint8Array>;
  readonly columns?: Io["columns"];
  /** Milliseconds. */
  readonly now?: number;
  /** Settles when the user presses Ctrl-C. */
  readonly interrupted?: Promise<void>;
}

/** The ports of a command, and what it has printed so far. */
export interface CommandWorld {
  readonly io: Io;
  printed(): { readonly stdout: string; readonly stderr: string };
  /** The user presses Ctrl-C. */
  interrupt(): void;
}

/** Runs the command line in this process. */
export async function cli(argv: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const { io, printed } = cliWorld(world);
  const code = await runCli(argv, io);
  return { code, ...printed() };
}

/** A world for a command that is watched while it runs. */
export function cliWorld(world: CliWorld = {}): CommandWorld {
  let stdout = "";
  let stderr = "";
  let interrupt = (): void => undefined;
  const pressed = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const io: Io = {
    env: world.env ?? {},
    cwd: world.cwd ?? process.cwd(),
    stdin: typeof world.stdin === "object" ? world.stdin : once(world.stdin ?? ""),
    clock: () => world.now ?? Date.UTC(2026, 3, 30, 12),
    random: () => 0.5,
    sleep: () => Promise.resolve(),
    interrupted: () => world.interrupted ?? pressed,
    columns: world.columns ?? {},
    stdout: (text) => {
      stdout += text;
      return Promise.resolve();
    },
    stderr: (text) => {
      stderr += text;
      return Promise.resolve();
    },
    readFile: (file) => readFile(file, "utf8"),
    readBytes: (file) => createReadStream(file),
    fileSize: async (file) => (await stat(file).catch(() => undefined))?.size,
    fileNames: async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
    },
    createFile: async (file, text) => {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text, { flag: "wx" });
    },
  };
  return { io, printed: () => ({ stdout, stderr }), interrupt: () => interrupt() };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(text);
}
