import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
import { readMapping } from "../../src/mapping/read-mapping.js";

const guide = readFileSync(new URL("../../docs/mapping-guide.md", import.meta.url), "utf8");
const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

describe("the mapping guide", () => {
  it("has several mappings", () => {
    expect(blocks.length).toBeGreaterThan(2);
  });

  it.each(blocks)("shows a mapping whose examples come out as it says: %#", (text) => {
    const { mapping, diagnostics } = readMapping(text, "guide.yaml");
    expect(diagnostics).toEqual([]);
    expect(mapping?.examples.length).toBeGreaterThan(0);
    expect(mapping && runExamples(mapping)).toEqual([]);
  });
});
