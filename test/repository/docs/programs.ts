/**
 * TypeScript that users read, in documents and docstrings: checked by the compiler as a user's project
 * would be, and run offline against the built package. `console.log(…); // => a, b` states what is logged.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { isJsonArray, parseJson } from "../../../src/core/json.js";
import { ROOT } from "./document.js";

/** A module of a project: what it is called, without its extension, and its text. */
export interface Module {
  readonly name: string;
  readonly text: string;
}

/** What a module came to when it was run. */
export interface Ran {
  readonly name: string;
  /** All that it printed. */
  readonly printed: string;
  /** What it threw, and each `// =>` that is not so; nothing when all is well. */
  readonly problems: readonly string[];
}

/** To end what waits for ever. */
const ONE_MINUTE_MS = 60_000;

/** In no output of ours. */
const MARK = "\u001e";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [path.join(ROOT, "node_modules/@types")],
};

/** A user's project: the package is installed, and nothing else. */
export class Project {
  private constructor(
    readonly folder: string,
    private readonly modules: readonly Module[],
  ) {}

  static async of(modules: readonly Module[]): Promise<Project> {
    const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-programs-"));
    await mkdir(path.join(folder, "node_modules"));
    await symlink(ROOT, path.join(folder, "node_modules/retl-meta"));
    await writeFile(path.join(folder, "package.json"), '{ "type": "module", "private": true }');
    for (const { name, text } of modules) await writeFile(path.join(folder, `${name}.ts`), text);
    return new Project(folder, modules);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  /** What the compiler says about all modules, `name:line: sentence`. */
  check(): readonly string[] {
    const files = this.modules.map(({ name }) => path.join(this.folder, `${name}.ts`));
    return ts.getPreEmitDiagnostics(ts.createProgram(files, OPTIONS)).map(sentenceOf);
  }

  /** Runs modules one after the other in one process; another one that they import runs with them. */
  async run(
    names: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<readonly Ran[]> {
    for (const { name, text } of this.modules)
      await writeFile(path.join(this.folder, `${name}.js`), scriptOf(text));
    const world = new URL("frozen-world.js", import.meta.url).href;
    const runner = path.join(import.meta.dirname, "run-programs.js");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", world, runner, ...names],
      { cwd: this.folder, env: { TZ: "UTC", ...env }, timeout: ONE_MINUTE_MS },
    );
    const printed = stdout.split(MARK);
    const results = parseJson(await readFile(path.join(this.folder, "results.json"), "utf8"));
    if (!results.ok || !isJsonArray(results.value)) throw new TypeError("results are a list");
    return results.value.map((result, index) => ({
      name: names[index] ?? "",
      printed: printed[index] ?? "",
      problems: isJsonArray(result) ? result.map(String) : [],
    }));
  }
}

function sentenceOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const sentence = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined) return sentence;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${path.basename(file.fileName, ".ts")}:${String(line + 1)}: ${sentence}`;
}

/** A `console.log` with what it is stated to log. */
const STATED = /console\.log\(((?:(?!console\.log\()[\s\S])*?)\); \/\/ => (.+)$/gm;

/** The module as JavaScript, in which what is stated is compared as it is logged. */
export function scriptOf(text: string): string {
  const compared = text.replaceAll(
    STATED,
    (_, logged: string, stated: string) => `console.log(...compared([${logged}], [${stated}]));`,
  );
  if (compared.includes("// =>"))
    throw new SyntaxError("`// =>` stands behind a console.log alone, which it follows");
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(compared, { compilerOptions }).outputText;
}
