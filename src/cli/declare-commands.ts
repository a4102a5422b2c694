import { Command } from "commander";
import type { CommandEntry } from "./command-entry.js";
import type { Io } from "./io.js";

/** The program without its commands. */
export function newProgram(version: string): Command {
  return new Command("retl-meta")
    .description("Makes Meta know what a warehouse knows: Custom Audiences and conversions.")
    .version(version, "-V, --version", "print the version, and that of Meta's API, and end")
    .helpCommand(false);
}

/** Declares every command by its name, and all of the one that the arguments begin with. */
export async function declareCommands(
  program: Command,
  entries: readonly CommandEntry[],
  argv: readonly string[],
  io: Io,
  end: (code: number) => void,
): Promise<void> {
  const asked = argv.find((argument) => !argument.startsWith("-"));
  for (const { name, summary, load } of entries) {
    const command = program.command(name).description(summary);
    if (name !== asked) continue;
    const declare = await load();
    declare(command, io, end);
  }
}
