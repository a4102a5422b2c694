/** `retl-meta check`: mapping and sync files, before anything runs. */
import { Option, type Command } from "commander";
import type { Diagnostic } from "../../core/diagnostic.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { checkFile } from "../check-file.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import type { CommonOptions } from "../run-options.js";
import { Talk } from "../talk.js";
import { diagnosticsGithub } from "../../report/diagnostics-machine.js";
import { diagnosticsText } from "../../report/diagnostics-text.js";
import { counted } from "../../report/table.js";

interface CheckFlags extends CommonFlags {
  readonly format: Format;
}

type Format = "text" | "json" | "github";

/** Adds `check`. */
export function checkCommand(program: Command, io: Io, end: (code: number) => void): void {
  const command = program
    .command("check")
    .description("check mapping and sync files: their shape, examples and columns")
    .argument("<files...>", "mapping or sync files");
  addCommonOptions(command)
    .addOption(
      new Option("--format <format>", "how to print what is wrong")
        .choices(["text", "json", "github"])
        .default("text"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (files: readonly string[], flags: CheckFlags) => {
      const format = flags.json === true ? "json" : flags.format;
      end(await runCheck(files, format, commonOptions(flags), io));
    });
}

const EXAMPLES = `
Examples:
  retl-meta check purchases.sync.yaml
  retl-meta check mappings/*.yaml --format github
`;

async function runCheck(
  files: readonly string[],
  format: Format,
  options: CommonOptions,
  io: Io,
): Promise<number> {
  const talk = new Talk(io, format === "json", options.quiet);
  let failed = false;
  for (const file of files) {
    const diagnostics = await checkFile(file, options, io, talk);
    if (diagnostics.length > 0) await io.stdout(`${printed(diagnostics, format, talk)}\n`);
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    failed ||= errors > 0;
    if (format === "text") await talk.note(verdict(file, errors, diagnostics.length - errors));
  }
  return failed ? EXIT.badInput : EXIT.ok;
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
