import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkMappingText } from "../../src/checks/check-mapping.js";
import { withoutErrors } from "../../src/core/diagnostic.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { expectSaidAtTop } from "../annotated.js";

const FOLDER = new URL("./broken/", import.meta.url);
const FILES = readdirSync(FOLDER);

describe("broken mappings", () => {
  it("are many", () => {
    expect(FILES.length).toBeGreaterThan(80);
  });

  it.each(FILES)("%s gets exactly the diagnostics at its top", async (file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    expect(checkMappingText(text, file)).not.toEqual([]);
    await expectSaidAtTop(new URL(file, FOLDER), file, checkMappingText);
  });

  it.each(FILES)("%s gives a mapping only without errors", (file) => {
    const { mapping, diagnostics } = readMapping(readFileSync(new URL(file, FOLDER), "utf8"), file);
    expect(mapping !== undefined).toBe(withoutErrors(diagnostics));
  });

  it.each(FILES)("%s is told what to do about each of them", (file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    for (const { code, remedy } of checkMappingText(text, file))
      if (code.startsWith("mapping.")) expect(remedy).toMatch(/[.?]$/);
  });
});
