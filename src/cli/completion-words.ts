import type { Command, Option } from "commander";

/** What is offered where a file or a folder belongs: the shell knows them better. No word looks like it. */
export const A_FILE = "<file>";

/**
 * What may stand in the place of the last word, by the declared commands, options and their choices:
 * {@link A_FILE} alone where a file belongs, nothing where a name of the user's own does.
 *
 * @param words those after the program's name; the last one is being written and may be empty
 */
export function completionWords(program: Command, words: readonly string[]): readonly string[] {
  const { before, written, last } = cutAtEquals(words);
  const command = commandOf(program, before);
  const open = optionOf(command, before.at(-1));
  if (open?.required === true || (open?.optional === true && !last.startsWith("-")))
    return valuesOf(open, nameOf(open), last, written);
  if (last.startsWith("-"))
    return beginningWith(last, [...command.options.flatMap(({ long }) => long ?? []), "--help"]);
  const names = command.commands.map((one) => one.name());
  const [argument] = command.registeredArguments;
  const values = argument === undefined ? [] : valuesOf(argument, argument.name(), last);
  return [...beginningWith(last, names), ...values];
}

/** `--option=value` is cut into two words: where it is one, and where bash has made three of it. */
function cutAtEquals(words: readonly string[]): {
  readonly before: readonly string[];
  /** What stands before the value within the word that is being written. */
  readonly written: string;
  readonly last: string;
} {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  const [, option, value = ""] = /^(--[^=]+)=(.*)$/s.exec(last) ?? [];
  if (option !== undefined)
    return { before: [...before, option], written: `${option}=`, last: value };
  if (last === "=") return { before, written: "", last: "" };
  return { before: before.at(-1) === "=" ? before.slice(0, -1) : before, written: "", last };
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

/** What help calls an option's value: `file` of `--config <file>`. */
function nameOf({ flags }: Option): string {
  return /[<[](.*?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1] ?? "";
}

/** What help calls values that are files or folders, or may be. */
const FILES = new Set(["file", "files", "sync.yaml", "name-or-file", "place", "dir"]);

function valuesOf(
  { argChoices = [] }: { readonly argChoices?: readonly string[] },
  name: string,
  last: string,
  written = "",
): readonly string[] {
  return FILES.has(name)
    ? [A_FILE]
    : beginningWith(last, argChoices).map((value) => written + value);
}

function beginningWith(last: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => word.startsWith(last));
}
