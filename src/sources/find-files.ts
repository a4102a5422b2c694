/** From the pattern of a declaration to files of one format. */
import { stat } from "node:fs/promises";
import type { Diagnostic, Place } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { FILE_ENDINGS, fileFormat, type FileFormat } from "./file-format.js";
import { sourceProblem } from "./source-failure.js";

/** A file with its format. */
export interface SourceFile extends FileFormat {
  /** Absolute. */
  readonly path: string;
}

/** Files of one kind, in the order in which they are read. */
export interface SourceFiles {
  readonly kind: FileFormat["kind"];
  readonly files: readonly SourceFile[];
}

/** Finds the files of a pattern, sorted by name; a pattern that is a file's own name is that file. */
export async function findFiles(
  pattern: string,
  place: Place,
): Promise<Result<SourceFiles, readonly Diagnostic[]>> {
  const paths = (await isFile(pattern)) ? [pattern] : await matching(pattern);
  const [first] = paths;
  if (first === undefined) return fail([missing(pattern, place)]);
  const files: SourceFile[] = [];
  for (const path of paths) {
    const format = fileFormat(path);
    if (format === undefined) return fail([unknownFormat(path, place)]);
    files.push({ path, ...format });
  }
  const kinds = [...new Set(files.map(({ kind }) => kind))];
  const [kind] = kinds;
  return kind === undefined || kinds.length > 1
    ? fail([severalFormats(pattern, kinds, place)])
    : ok({ kind, files });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function matching(pattern: string): Promise<readonly string[]> {
  if (!/[*?[{]/.test(pattern)) return [];
  const { glob } = await import("./engine.js");
  return (await glob(pattern)).toSorted();
}

function missing(pattern: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.missing_file",
    place,
    `there is no file \`${pattern}\``,
    "Check the path; a relative one starts at the folder of the sync file.",
  );
}

function unknownFormat(path: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.unknown_format",
    place,
    `the ending of \`${path}\` names no format that can be read`,
    `Use a file that ends in ${FILE_ENDINGS.map((ending) => `\`${ending}\``).join(", ")}.`,
  );
}

function severalFormats(pattern: string, kinds: readonly string[], place: Place): Diagnostic {
  return sourceProblem(
    "source.several_formats",
    place,
    `\`${pattern}\` finds files of several formats: ${kinds.join(", ")}`,
    "Write a pattern that finds files of one format.",
  );
}
