/** The command line: arguments read into commands. */
import { CommanderError } from "commander";
import { StoreFailure } from "../store/store-fault.js";
import { COMMANDS } from "./command-list.js";
import { declareCommands, newProgram } from "./declare-commands.js";
import { givenLogFormat } from "./log-format.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";
import { Talk } from "./talk.js";
import { versionText } from "./version.js";

/** Runs one command; gives the exit code. What goes wrong is said on standard error, redacted. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const json = argv.includes("--json");
  const logFormat = givenLogFormat(argv);
  const talk = new Talk(io, json, false, logFormat);
  const isForMachines = json || talk.logs;
  const program = newProgram(await versionText(io))
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout(text),
      writeErr: (text) => void (isForMachines ? undefined : io.stderr(text)),
      // Told below, as all others are.
      outputError: () => undefined,
    });
  await declareCommands(program, COMMANDS, argv, io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof StoreFailure) return talk.fault(error.fault);
    if (!(error instanceof CommanderError)) return sayBug(error, argv.includes("--debug"), talk);
    return error.exitCode === 0 ? EXIT.ok : sayUsage(error, talk);
  }
}

/** Help was shown where a command is missing; of anything else the second line says what was meant. */
function sayUsage({ code, message }: CommanderError, talk: Talk): Promise<number> | number {
  if (code === "commander.help") return EXIT.badInput;
  const [problem = "", meant] = message.replace(/^error: /, "").split("\n");
  return talk.usage(problem, meant?.replace(/^\((.*)\)$/, "$1"));
}

/** An exception is a bug of ours. What it says may quote data, so it is shown only when asked for. */
async function sayBug(error: unknown, debug: boolean, talk: Talk): Promise<number> {
  const details = debug && error instanceof Error ? `: ${error.stack ?? error.message}` : "";
  return talk.error(
    "cli.bug",
    `something went wrong inside retl-meta${details}`,
    debug
      ? "Please report it."
      : "Run it again with --debug for the details, and please report it.",
  );
}
