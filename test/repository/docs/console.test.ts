/**
 * What a document's console blocks show is what its commands print. Run with `-u`, this test writes
 * the outputs that are no longer so into the documents.
 */
import { readdirSync } from "node:fs";
import { afterAll, describe, it } from "vitest";
import { commandsOf, isConsole, runConsole } from "./console.js";
import { blocksOf, readText, ROOT } from "./document.js";
import { isShownAs } from "./elision.js";
import { Warehouse } from "./warehouse.js";

const DOCUMENTS = ["README.md", ...readdirSync(`${ROOT}docs`).map((name) => `docs/${name}`)].filter(
  (file) => file.endsWith(".md") && blocksOf(readText(file)).some(isConsole),
);

const warehouse = new Warehouse();

afterAll(() => warehouse.end());

/** The document with what its commands print, where it shows something else. */
async function written(markdown: string): Promise<string> {
  const printed = await runConsole(markdown, (folder) => warehouse.prepare(markdown, folder));
  const blocks = blocksOf(markdown).filter(isConsole);
  return blocks.reduceRight((text, block, index) => {
    const outputs = printed[index] ?? [];
    const lines = commandsOf(block).map(({ command, output: shown }, number) => {
      const output = outputs[number] ?? "";
      return `$ ${command}\n${isShownAs(shown, output) ? shown : output}`;
    });
    return text.slice(0, block.start) + lines.join("") + text.slice(block.end);
  }, markdown);
}

describe.concurrent("documents", () => {
  it.for(DOCUMENTS)("%s shows what its commands print", async (file, { expect }) => {
    const markdown = readText(file);
    await expect(await written(markdown)).toMatchFileSnapshot(`${ROOT}${file}`);
  });
});
