/** Starts processes, reads their lines, and ends them. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The built command line. */
export const CLI = path.join(ROOT, "dist/cli/main.js");

/** Every clock of these tests, for the command line and in milliseconds. */
export const NOW = "2026-04-30T12:00:00Z";
export const NOW_MS = Date.parse(NOW);

/** How a process ended and what it printed until then. */
export interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** What a process is started with. */
export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Kills it when it has printed so many lines. */
  readonly killAtLine?: number;
}

/** The processes of one test file. */
export class Processes {
  private readonly children = new Set<ChildProcess>();

  /** Starts an emulator with a frozen clock; gives its URL. */
  async emulator(): Promise<string> {
    if (!existsSync(CLI)) throw new Error("run `npm run build` first");
    const { stdout } = this.start([CLI, "emulator", "--now", NOW, "--quiet"], {});
    for await (const line of createInterface({ input: stdout })) return line;
    throw new Error("the emulator printed no URL");
  }

  /** Runs a process to its end. */
  async run(argv: readonly string[], options: StartOptions = {}): Promise<Ended> {
    const child = this.start(argv, options);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (lines.length === options.killAtLine) child.kill("SIGKILL");
    });
    await once(child, "close");
    this.children.delete(child);
    return { killed: child.signalCode === "SIGKILL", code: child.exitCode, lines };
  }

  /** Ends those that still run. */
  async end(): Promise<void> {
    for (const child of this.children) {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
  }

  private start(argv: readonly string[], { cwd = ROOT, env = {} }: StartOptions) {
    const child = spawn(process.execPath, [...argv], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.children.add(child);
    return child;
  }
}
