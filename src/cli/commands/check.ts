/** `retl-meta check`: mapping and sync files, before anything runs. */
import path from "node:path";
import { Option, type Command } from "commander";
import type { Diagnostic } from "../../core/diagnostic.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { checkFile } from "../check-file.js";
import { coverageOf } from "../coverage.js";
import { filesHere } from "../files-here.js";
import { EXIT, exitCodeOfDiagnostics } from "../exit-codes.js";
import type { Io } from "../io.js";
import type { CommonOptions } from "../run-options.js";
import { Talk } from "../talk.js";
import { coverageText, type CoverageReport } from "../../report/coverage-text.js";
import { diagnosticsGithub } from "../../report/diagnostics-machine.js";
import { diagnosticsText } from "../../report/diagnostics-text.js";
import { snakeJson } from "../../report/snake-json.js";
import { counted } from "../../report/table.js";

interface CheckFlags extends CommonFlags {
  readonly format: Format;
  readonly coverage?: boolean;
  readonly records?: string;
}

type Format = "text" | "json" | "github";

/** Declares `check`. */
export function checkCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument(
    "[files...]",
    "mapping or sync files; without any, those of this folder and of mappings/",
  );
  addCommonOptions(command)
    .addOption(
      new Option("--format <format>", "how to print what is wrong")
        .choices(["text", "json", "github"])
        .default("text"),
    )
    .option("--coverage", "list every input field: where it goes, or that nothing maps it")
    .option("--records <file>", "with --coverage: contract records (NDJSON); - is standard input")
    .addHelpText("after", EXAMPLES)
    .action(async (files: readonly string[], flags: CheckFlags) => {
      end(await runCheck(files, flags, commonOptions(flags), io));
    });
}

const EXAMPLES = `
Examples:
  retl-meta check
  retl-meta check purchases.sync.yaml
  retl-meta check mappings/*.yaml --format github
  retl-meta check purchases.sync.yaml --coverage
  retl-meta check events.yaml --coverage --records events.ndjson
`;

async function runCheck(
  given: readonly string[],
  flags: CheckFlags,
  options: CommonOptions,
  io: Io,
): Promise<number> {
  const format = flags.json === true ? "json" : flags.format;
  const talk = new Talk(io, format === "json", options.quiet);
  const files = given.length > 0 ? given : await filesHere(io);
  const misused = misuse(files, flags);
  if (misused !== undefined) return talk.usage(misused);
  const told = new Told(io.cwd);
  let exit: number = EXIT.ok;
  let explained: string | undefined;
  for (const file of files) {
    const checked = await checkFile(file, options, io, talk);
    const coverage =
      flags.coverage === true ? await coverageOf(file, checked, flags.records, io) : undefined;
    const unread = coverage?.ok === false ? coverage.error : [];
    const diagnostics = [...checked.diagnostics, ...unread];
    const fresh = told.add(diagnostics);
    if (fresh.length > 0) await io.stdout(`${printed(fresh, format, talk)}\n`);
    if (coverage?.ok === true) await io.stdout(`${coveragePrinted(coverage.value, format)}\n`);
    explained ??= diagnostics.find(({ code }) => code.startsWith("check."))?.code;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    exit = Math.max(exit, await exitCodeOfDiagnostics(diagnostics));
    if (format === "text") {
      const known = toldAbove(diagnostics.length, diagnostics.length - fresh.length);
      await talk.note(`${verdict(file, errors, diagnostics.length - errors)}${known}`);
    }
  }
  if (format === "text" && explained !== undefined)
    await talk.note(`\`retl-meta explain ${explained}\` says more; so it does for every code.`);
  return exit;
}

/** What was printed before: a mapping is checked with each sync that names it, and may be named itself. */
class Told {
  private readonly keys = new Set<string>();

  constructor(private readonly cwd: string) {}

  /** Those that were not there before. */
  add(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return diagnostics.filter((diagnostic) => {
      const key = this.keyOf(diagnostic);
      if (this.keys.has(key)) return false;
      this.keys.add(key);
      return true;
    });
  }

  /** One file may go by several names. */
  private keyOf({ place, code, message }: Diagnostic): string {
    const where =
      place.kind === "text" ? [path.resolve(this.cwd, place.file), place.span.start] : place;
    return JSON.stringify([where, code, message]);
  }
}

function misuse(files: readonly string[], { coverage, records }: CheckFlags): string | undefined {
  if (files.length === 0) return NOTHING_HERE;
  if (records === undefined) return undefined;
  if (coverage !== true) return "--records goes with --coverage.";
  return files.length > 1 ? "--records goes with one file: a mapping, or a sync file." : undefined;
}

const NOTHING_HERE =
  "There is no sync file (`*.sync.yaml`) in this folder and no mapping in `mappings/`: name the files to check.";

function coveragePrinted(report: CoverageReport, format: Format): string {
  return format === "json" ? JSON.stringify(snakeJson(report)) : coverageText(report);
}

function printed(diagnostics: readonly Diagnostic[], format: Format, talk: Talk): string {
  if (format === "json") return talk.diagnosticsJson(diagnostics);
  const print = format === "github" ? diagnosticsGithub : diagnosticsText;
  return talk.redacted(print(diagnostics, talk.textOf));
}

function verdict(file: string, errors: number, warnings: number): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return `${file}: ${parts.length === 0 ? "well" : parts.join(", ")}`;
}

function toldAbove(all: number, known: number): string {
  if (known === 0) return "";
  return known === all ? ", told above" : `, ${String(known)} of them told above`;
}
