import type { Command } from "commander";
import { addCommonOptions, emulatorChoice, type CommonFlags } from "./common-flags.js";
import type { BindingSource } from "./load-binding.js";
import type { EmulatorChoice } from "./run-options.js";

/** Options of commands that ask Meta with a binding, as commander gives them. */
export interface BindingFlags extends CommonFlags {
  readonly binding?: string;
  /** `true` without a URL. */
  readonly emulator?: string | true;
}

/** Whom to ask, and with what. */
export interface BindingOptions {
  readonly source: BindingSource | undefined;
  readonly emulator: EmulatorChoice;
}

/** Adds the options of commands that ask Meta with a binding. */
export function addBindingOptions(command: Command): Command {
  return addCommonOptions(command)
    .option("--binding <file>", "a binding file, in the place of a sync file")
    .option("--emulator [url]", "ask an emulator: one of its own in memory, or the one at the URL");
}

/** The options, read; or what is wrong with their combination. */
export function bindingOptions(
  file: string | undefined,
  { binding, emulator, store }: BindingFlags,
): BindingOptions | string {
  if (file !== undefined && binding !== undefined)
    return "give either a sync file or --binding, not both.";
  if (store !== undefined && emulator === true)
    return "--store goes with an emulator at a URL: one of its own knows nothing of any store.";
  const source: BindingSource | undefined =
    file !== undefined
      ? { kind: "sync", file }
      : binding === undefined
        ? undefined
        : { kind: "binding", file: binding };
  return { source, emulator: emulatorChoice(emulator) };
}
