import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
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
  /** Milliseconds. */
  readonly now?: number;
  /** Settles when the user presses Ctrl-C. */
  readonly interrupted?: Promise<void>;
}

/** Runs the command line in this process. */
export async function cli(argv: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  let stdout = "";
  let stderr = "";
  const io: Io = {
    env: world.env ?? {},
    cwd: world.cwd ?? process.cwd(),
    stdin: typeof world.stdin === "object" ? world.stdin : once(world.stdin ?? ""),
    clock: () => world.now ?? Date.UTC(2026, 3, 30, 12),
    random: () => 0.5,
    sleep: () => Promise.resolve(),
    interrupted: () => world.interrupted ?? new Promise(() => undefined),
    terminal: false,
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
  };
  const code = await runCli(argv, io);
  return { code, stdout, stderr };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(text);
}
