/** What the README shows is what the command line prints. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readBindingFile } from "../../src/config/binding-declaration.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { cli } from "../e2e/cli.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const README = readFileSync(`${ROOT}README.md`, "utf8");

/** The commands of the README's console blocks, each with what it is said to print. */
function consoleBlocks(): readonly (readonly [command: string, output: string])[] {
  return [...README.matchAll(/```console\n\$ npx retl-meta (.+)\n([\s\S]*?)```/g)].map(
    ([, command = "", output = ""]) => [command, output],
  );
}

describe("the README", () => {
  it("shows commands", () => {
    expect(consoleBlocks().length).toBeGreaterThanOrEqual(3);
  });

  it.each(consoleBlocks())("prints what it says for %s", async (command, output) => {
    const run = await cli(command.split(" "), { cwd: ROOT });
    expect(run.stdout + run.stderr).toBe(output);
  });

  it("names only files that exist", () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? "");
    for (const link of links) expect(() => readFileSync(`${ROOT}${link}`)).not.toThrow();
    expect(links.length).toBeGreaterThan(5);
  });

  it("begins with a mapping that compiles", () => {
    const [, event = ""] = /```yaml\n(event:[\s\S]*?)```/.exec(README) ?? [];
    const text = `mapping: 1\nsurface: events\n${event}  action_source: { value: website }\n`;
    expect(readMapping(text, "README.md").diagnostics).toEqual([]);
  });

  it("shows sync files and a binding that can be read", () => {
    const blocks = [...README.matchAll(/```yaml\n((?:sync|binding_name):[\s\S]*?)```/g)].map(
      ([, block]) => block ?? "",
    );
    expect(blocks).toHaveLength(3);
    for (const block of blocks) {
      const reading = block.startsWith("sync")
        ? readSyncFile(block, "README.md", ROOT)
        : readBindingFile(block, "README.md", ROOT);
      expect(reading.ok ? [] : reading.error).toEqual([]);
    }
  });
});
