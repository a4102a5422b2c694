/** `retl-meta completion`: what shells need to complete the command line. */
import { Argument } from "commander";
import type { CommandBuilder, CommandEntry } from "../command-entry.js";
import { completionScript, SHELLS, type Shell } from "../completion-script.js";
import { completionWords } from "../completion-words.js";
import { declareCommands, newProgram } from "../declare-commands.js";
import { EXIT } from "../exit-codes.js";

/** Declares `completion`. */
export function completionOf(entries: readonly CommandEntry[]): CommandBuilder {
  return (command, io, end) => {
    command
      .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
      .addHelpText("after", EXAMPLES)
      .action(async (shell: Shell) => {
        await io.stdout(completionScript(shell));
        end(EXIT.ok);
      });
    // The scripts ask for it, people do not.
    command
      .command("words", { hidden: true })
      .argument("[words...]")
      .addHelpText("after", "\nExample:\n  retl-meta completion words -- ledger li\n")
      .action(async (words: readonly string[]) => {
        const program = newProgram("");
        await declareCommands(program, entries, words.slice(0, -1), io, end);
        const offered = completionWords(program, words);
        await io.stdout(offered.map((word) => `${word}\n`).join(""));
        end(EXIT.ok);
      });
  };
}

const EXAMPLES = `
Examples:
  retl-meta completion bash >> ~/.bashrc
  retl-meta completion zsh > ~/.zfunc/_retl-meta
  retl-meta completion fish > ~/.config/fish/completions/retl-meta.fish
`;
