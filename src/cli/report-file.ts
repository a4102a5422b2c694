/** The file of a run's report: whether it can be written is known before the run, and it is whole or not there. */
import { randomUUID } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fail, type Result } from "../core/result.js";

/** A place for a report, tried. */
export interface ReportFile {
  /** As it was given. */
  readonly name: string;
  write(text: string): Promise<void>;
}

/** Why a report cannot be written, and what to do. */
export interface Unwritable {
  readonly message: string;
  readonly remedy: string;
}

/** Finds out whether a report can be written there. */
export async function reportFile(
  name: string,
  cwd: string,
): Promise<Result<ReportFile, Unwritable>> {
  const file = path.resolve(cwd, name);
  const there = await stat(file).catch(() => undefined);
  if (there !== undefined && !there.isFile())
    return fail({
      message: `--report names \`${name}\`, which is no file`,
      remedy: "Name a file.",
    });
  try {
    await replaced(file, undefined);
  } catch {
    return fail({
      message: `--report names \`${name}\`, and its folder is missing or cannot be written to`,
      remedy: "Make the folder first, or name a file in one that is there.",
    });
  }
  return { ok: true, value: { name, write: (text) => replaced(file, text) } };
}

/** Writes beside the file and moves it there in one step; without a text only tries to. */
async function replaced(file: string, text: string | undefined): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text ?? "", { flag: "wx", mode: 0o600 });
    if (text !== undefined) await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
