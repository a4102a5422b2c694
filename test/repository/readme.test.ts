/** The YAML of the README is read as it stands; its commands and links are held with those of all documents. */
import { describe, expect, it } from "vitest";
import { readBindingFile } from "../../src/config/binding-declaration.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { blocksOf, readText, ROOT } from "./docs/document.js";

const README = readText("README.md");

describe("the README", () => {
  it("links to nothing that is not in the package, where somebody reads it who has installed it", () => {
    const packed: { readonly files: readonly string[] } = JSON.parse(readText("package.json"));
    const linked = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, file = ""]) => file);
    expect(linked).toContain("docs/library.md");
    const isPacked = (file: string) =>
      packed.files.some((part) => file === part || file.startsWith(`${part}/`));
    expect(linked.filter((file) => !isPacked(file))).toEqual([]);
  });

  it("begins with a mapping that compiles", () => {
    const [, event = ""] = /```yaml\n(event:[\s\S]*?)```/.exec(README) ?? [];
    const text = `mapping: 1\nsurface: events\n${event}  action_source: { value: website }\n`;
    expect(readMapping(text, "README.md").diagnostics).toEqual([]);
  });

  it("and docs/sync-files.md show sync files and a binding that can be read", () => {
    const blocks = ["README.md", "docs/sync-files.md"]
      .flatMap((file) => blocksOf(readText(file)))
      .filter(({ info, text }) => info === "yaml" && /^(sync|binding_name):/.test(text))
      .map(({ text }) => text);
    expect(blocks).toHaveLength(3);
    for (const block of blocks) {
      const reading = block.startsWith("sync")
        ? readSyncFile(block, "README.md", ROOT)
        : readBindingFile(block, "README.md", ROOT);
      expect(reading.ok ? [] : reading.error).toEqual([]);
    }
  });
});
