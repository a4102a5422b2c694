/** A command of the command line, and its module, which is loaded when it is asked for and not before. */
import type { Command } from "commander";
import type { Io } from "./io.js";

/** Declares a command's arguments and options; its action hands the exit code to `end`. */
export type CommandBuilder = (command: Command, io: Io, end: (code: number) => void) => void;

/** A command, as the list of all tells of it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandBuilder>;
}
