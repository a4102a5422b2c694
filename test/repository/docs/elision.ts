/**
 * What a document leaves out of an output. A line that is `…` alone stands for any lines, also for
 * none; `…` in a line stands for any text in it.
 */
const MARK = "…";

/** Whether an output is the one that is shown, but for what is left out. */
export function isShownAs(shown: string, output: string): boolean {
  const lines = shown.split("\n").slice(0, -1);
  const pattern = lines.map((line) =>
    line === MARK ? "(?:.*\\n)*?" : `${line.split(MARK).map(escaped).join(".*")}\\n`,
  );
  return new RegExp(`^${pattern.join("")}$`).test(output);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
