import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** How a program ended, and all that it said. */
export interface Ending {
  readonly status: number | null;
  readonly output: string;
}

/** A copy of some of the project's files in a new directory, with the same packages. */
export class ProjectCopy {
  readonly directory = mkdtempSync(join(tmpdir(), "retl-meta-"));

  constructor(paths: readonly string[]) {
    for (const path of paths)
      cpSync(join(ROOT, path), join(this.directory, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.directory, "node_modules"));
  }

  /** Changes a file by replacing a text that must be there once. */
  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.directory, path), "utf8");
    const [before, after, ...more] = text.split(from);
    if (before === undefined || after === undefined || more.length > 0)
      throw new TypeError(`${path} does not have the text to replace exactly once`);
    writeFileSync(join(this.directory, path), `${before}${to}${after}`);
  }

  /** Runs a program of `node_modules`, named by its script. */
  run(script: string, ...args: readonly string[]): Ending {
    const program = join(this.directory, "node_modules", script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** A digest per file, by path. */
  digests(): ReadonlyMap<string, string> {
    const files = readdirSync(this.directory, { recursive: true, withFileTypes: true });
    return new Map(
      files
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => {
          const path = join(parentPath, name);
          const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
          return [relative(this.directory, path), digest];
        }),
    );
  }
}
