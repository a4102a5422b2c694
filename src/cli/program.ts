/** The command line: arguments read into commands. */
import { Command, CommanderError } from "commander";
import { createRedactor } from "../core/redact.js";
import { checkCommand } from "./commands/check.js";
import { emulatorCommand } from "./commands/emulator.js";
import { planCommand } from "./commands/plan.js";
import { syncCommand } from "./commands/sync.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";

/** Adds a command to the program; its action hands the exit code to `end`. */
export type CommandBuilder = (program: Command, io: Io, end: (code: number) => void) => void;

const COMMANDS: readonly CommandBuilder[] = [
  checkCommand,
  planCommand,
  syncCommand,
  emulatorCommand,
];

/** Runs one command; gives the exit code. What goes wrong is said on standard error, redacted. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = new Command("retl-meta")
    .description("Makes Meta know what a warehouse knows: Custom Audiences and conversions.")
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout(text),
      writeErr: (text) => void io.stderr(text),
    });
  for (const add of COMMANDS)
    add(program, io, (code) => {
      exitCode = code;
    });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    return sayBug(error, argv.includes("--debug"), io);
  }
}

/** An exception is a bug of ours: no stack trace unless it is asked for, and never a secret. */
async function sayBug(error: unknown, debug: boolean, io: Io): Promise<number> {
  const redact = createRedactor(() => []);
  const text = error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : "";
  const remedy = debug
    ? ""
    : "  Run it again with --debug for the details, and please report it.\n";
  await io.stderr(`error: something went wrong inside retl-meta: ${redact(text)}\n${remedy}`);
  return EXIT.findings;
}
