/** A Markdown document as its blocks of code, which tests run. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A fenced block. */
export interface Block {
  /** What stands behind the fence: `console`, `yaml record`, `csv data/people.csv`. */
  readonly info: string;
  /** Without the margin that it has in a list. */
  readonly text: string;
  /** Where its text begins and ends in the document. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

/** The text of a file of the repository. */
export function readText(file: string): string {
  return readFileSync(`${ROOT}${file}`, "utf8");
}

/** The fenced blocks of a document, in their order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^( *)```(.*)\n([\s\S]*?)^ *```$/gm)].map((match) => {
    const { 1: margin = "", 2: info = "", 3: text = "", index } = match;
    const start = index + margin.length + "```\n".length + info.length;
    return {
      info,
      text: text.replaceAll(new RegExp(`^${margin}`, "gm"), ""),
      start,
      end: start + text.length,
      line: markdown.slice(0, index).split("\n").length,
    };
  });
}

/** The file that a block is to be written to; its name has a dot, and stands behind the language. */
export function fileOf({ info }: Block): string | undefined {
  const [, name] = info.split(" ");
  return name?.includes(".") === true ? name : undefined;
}
