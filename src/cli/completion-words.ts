import type { Command, Option } from "commander";

/**
 * What may stand in the place of the last word, by the declared commands, options and their choices.
 * Nothing where a file or a name of the user's own belongs.
 *
 * @param words those after the program's name; the last one is being written and may be empty
 */
export function completionWords(program: Command, words: readonly string[]): readonly string[] {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  const command = commandOf(program, before);
  const open = optionOf(command, before.at(-1));
  const offered =
    open?.required === true || (open?.optional === true && !last.startsWith("-"))
      ? (open.argChoices ?? [])
      : last.startsWith("-")
        ? [...command.options.flatMap(({ long }) => long ?? []), "--help"]
        : [...command.commands.map((one) => one.name()), ...choicesOf(command)];
  return offered.filter((word) => word.startsWith(last));
}

/** The command that the words have come to: options and their values name none. */
function commandOf(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words)
    command = command.commands.find((one) => one.name() === word) ?? command;
  return command;
}

function optionOf({ options }: Command, word: string | undefined): Option | undefined {
  return options.find(({ long }) => long === word && word !== undefined);
}

function choicesOf({ registeredArguments }: Command): readonly string[] {
  return registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
}
