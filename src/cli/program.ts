/** The command line: arguments read into commands. */
import { Command, CommanderError } from "commander";
import { StoreFailure } from "../store/store-fault.js";
import { audiencesCommand } from "./commands/audiences.js";
import { checkCommand } from "./commands/check.js";
import { doctorCommand } from "./commands/doctor.js";
import { emulatorCommand } from "./commands/emulator.js";
import { explainCommand } from "./commands/explain.js";
import { forgetCommand } from "./commands/forget.js";
import { initCommand } from "./commands/init.js";
import { ledgerCommand } from "./commands/ledger.js";
import { planCommand } from "./commands/plan.js";
import { rejectsCommand } from "./commands/rejects.js";
import { statusCommand } from "./commands/status.js";
import { syncCommand } from "./commands/sync.js";
import { targetsCommand } from "./commands/targets.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";
import { Talk } from "./talk.js";
import { versionText } from "./version.js";

/** Adds a command to the program; its action hands the exit code to `end`. */
export type CommandBuilder = (program: Command, io: Io, end: (code: number) => void) => void;

const COMMANDS: readonly CommandBuilder[] = [
  initCommand,
  checkCommand,
  explainCommand,
  planCommand,
  syncCommand,
  statusCommand,
  ledgerCommand,
  rejectsCommand,
  targetsCommand,
  audiencesCommand,
  forgetCommand,
  doctorCommand,
  emulatorCommand,
];

/** Runs one command; gives the exit code. What goes wrong is said on standard error, redacted. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const json = argv.includes("--json");
  const talk = new Talk(io, json, false);
  const version = await versionText(io);
  const program = new Command("retl-meta")
    .description("Makes Meta know what a warehouse knows: Custom Audiences and conversions.")
    .version(version, "-V, --version", "print the version, and that of Meta's API, and end")
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout(text),
      writeErr: (text) => void (json ? undefined : io.stderr(text)),
    });
  for (const add of COMMANDS)
    add(program, io, (code) => {
      exitCode = code;
    });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof StoreFailure) return talk.fault(error.fault);
    if (!(error instanceof CommanderError)) return sayBug(error, argv.includes("--debug"), talk);
    if (error.exitCode === 0) return EXIT.ok;
    return json ? talk.usage(error.message.replace(/^error: /, "")) : EXIT.badInput;
  }
}

/** An exception is a bug of ours. What it says may quote data, so it is shown only when asked for. */
async function sayBug(error: unknown, debug: boolean, talk: Talk): Promise<number> {
  const details = debug && error instanceof Error ? `: ${error.stack ?? error.message}` : "";
  await talk.error(
    "cli.bug",
    `something went wrong inside retl-meta${details}`,
    debug
      ? "Please report it."
      : "Run it again with --debug for the details, and please report it.",
  );
  return EXIT.findings;
}
