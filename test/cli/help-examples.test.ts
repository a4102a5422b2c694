import { describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const run = await cli(["completion", "words", "--", ...words]);
  return run.stdout.split("\n").filter((line) => line !== "");
}

/** Every command that the program declares, and those below it. */
async function commands(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await offered("")) {
    found.push(name);
    if (["ledger", "rejects", "targets"].includes(name))
      for (const below of await offered(name, "")) found.push(`${name} ${below}`);
  }
  return found;
}

describe("the help of every command", async () => {
  it.each(await commands())(
    "has examples whose commands and options are declared: %s",
    async (command) => {
      const words = command.split(" ");
      const { stdout } = await cli([...words, "--help"]);
      const examples = Array.from(
        stdout.matchAll(/^ {2}retl-meta (.+)$/gm),
        ([, line = ""]) => line,
      );
      expect(examples.some((example) => example.startsWith(command))).toBe(true);
      for (const example of examples) {
        const given = example.replace(/ >.*/, "").split(" ");
        expect(await offered(given[0] ?? ""), example).toContain(given[0]);
        for (const [place, word] of given.entries())
          if (word.startsWith("--"))
            expect(await offered(...given.slice(0, place), word), example).toContain(word);
      }
    },
  );
});
