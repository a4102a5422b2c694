/** Reads a YAML file that was named on the command line. */
import path from "node:path";
import { isOwnFile } from "../config/own-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { nearName } from "../core/near-name.js";
import { COMMAND_LINE } from "../report/diagnostics-text.js";
import type { Io } from "./io.js";

/**
 * Data and secrets, by their names. They are not read at all: a message about a line shows it, and a
 * person's or a token's would stand in a terminal and in a log. Under other names it is the text that
 * tells, so that nothing is quoted of a list of people in a `.txt`.
 */
const OTHER = /\.(?:csv|tsv|ndjson|jsonl|parquet|xlsx?|gz|duckdb|toml|env)$/i;

/** The text of a mapping, a sync file or a binding, or why there is none. */
export async function readGiven(file: string, io: Io): Promise<Result<string, Diagnostic>> {
  const foreign = fail(
    unread(
      `\`${file}\` is no YAML file by its name`,
      "Name a mapping or a sync file; data stands under `source` of a sync file.",
    ),
  );
  if (OTHER.test(file)) return foreign;
  try {
    const text = await io.readFile(path.resolve(io.cwd, file));
    return isOwnFile(file, text) ? ok(text) : foreign;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EISDIR") return fail(unread(`\`${file}\` is a folder`, "Name the files in it."));
    if (code === "ENOENT")
      return fail(unread(`there is no file \`${file}\``, await otherName(file, io)));
    return fail(unread(`\`${file}\` cannot be read`, "Check its permissions."));
  }
}

/** What was meant, if a YAML file beside it has nearly this name; endings, which all have, do not count. */
async function otherName(file: string, io: Io): Promise<string> {
  const folder = path.dirname(file);
  const names = (await io.fileNames(path.resolve(io.cwd, folder))).filter((name) =>
    YAML.test(name),
  );
  const near = nearName(stemOf(path.basename(file)), names.map(stemOf));
  const meant = near === undefined ? undefined : names.find((name) => stemOf(name) === near);
  return meant === undefined || meant === path.basename(file)
    ? WHERE
    : `Did you mean \`${path.join(folder, meant)}\`? ${WHERE}`;
}

const YAML = /\.ya?ml$/;
const WHERE = "A relative path starts where the command runs.";

function stemOf(name: string): string {
  return name.replace(/(?:\.sync)?\.ya?ml$/, "");
}

function unread(message: string, remedy: string): Diagnostic {
  const place = { kind: "value", source: COMMAND_LINE, path: "" } as const;
  return { code: "cli.missing_file", severity: "error", message, remedy, place };
}
