import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
import { withoutErrors } from "../../src/core/diagnostic.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { diagnosticsText } from "../../src/report/diagnostics-text.js";

/**
 * Every file of `broken/` starts with what `check` says of it, as comments; a reviewer reads the
 * message as its user will.
 */
const FOLDER = new URL("./broken/", import.meta.url);
const FILES = readdirSync(FOLDER);

function expectedText(text: string): string {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/, ""))
    .join("\n");
}

function diagnosticsOf(file: string) {
  const text = readFileSync(new URL(file, FOLDER), "utf8");
  const { mapping, diagnostics } = readMapping(text, file);
  const failed = mapping === undefined ? [] : runExamples(mapping);
  return { text, mapping, all: [...diagnostics, ...failed] };
}

describe("broken mappings", () => {
  it("are many", () => {
    expect(FILES.length).toBeGreaterThan(80);
  });

  it.each(FILES)("%s gets exactly the diagnostics at its top", (file) => {
    const { text, mapping, all } = diagnosticsOf(file);
    expect(diagnosticsText(all, () => text)).toBe(expectedText(text));
    expect(mapping === undefined || all.some(({ code }) => code === "mapping.example_failed")).toBe(
      !withoutErrors(all),
    );
  });

  it.each(FILES)("%s is told what to do about each of them", (file) => {
    for (const { code, remedy } of diagnosticsOf(file).all)
      if (code.startsWith("mapping.")) expect(remedy).toMatch(/[.?]$/);
  });
});
