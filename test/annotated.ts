import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Diagnostic } from "../src/core/diagnostic.js";
import { diagnosticsText } from "../src/report/diagnostics-text.js";

/** What is said of a mapping's text. */
export type Said = (text: string, file: string) => readonly Diagnostic[];

/**
 * Holds a file to what stands at its top as comments: what `check` says of it, so that a reviewer
 * reads the message as its user will. `vitest -u` writes the comments anew.
 *
 * @param file its name in the messages
 */
export async function expectSaidAtTop(place: URL, file: string, said: Said): Promise<void> {
  await expect(annotated(readFileSync(place, "utf8"), file, said)).toMatchFileSnapshot(
    place.pathname,
  );
}

/** The text with what is said of it at its top. Messages count the lines of their own comment, too. */
function annotated(text: string, file: string, said: Said): string {
  const body = withoutComment(text);
  let whole = text;
  for (;;) {
    const current = whole;
    const comment = commented(diagnosticsText(said(current, file), () => current));
    whole = comment + body;
    if (whole === current) return whole;
  }
}

function withoutComment(text: string): string {
  const lines = text.split("\n");
  return lines.slice(lines.findIndex((line) => !line.startsWith("#"))).join("\n");
}

function commented(text: string): string {
  if (text === "") return "";
  return text
    .split("\n")
    .map((line) => `${line === "" ? "#" : `# ${line}`}\n`)
    .join("");
}
