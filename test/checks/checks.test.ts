import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkMappingText } from "../../src/checks/check-mapping.js";
import { CHECKS } from "../../src/checks/registry.js";
import { expectSaidAtTop } from "../annotated.js";

const NAMES = CHECKS.map(({ code }) => code.slice("check.".length));

function folder(name: string): URL {
  return new URL(`./${name}/`, import.meta.url);
}

function files(name: string, kind: "good" | "bad"): readonly string[] {
  return readdirSync(folder(name)).filter((file) => file.startsWith(kind));
}

function text(name: string, file: string): string {
  return readFileSync(new URL(file, folder(name)), "utf8");
}

function page(name: string): string {
  return readFileSync(new URL(`../../docs/checks/${name}.md`, import.meta.url), "utf8");
}

/** The lines of the example below a heading of a page. */
function exampleLines(name: string, heading: string): readonly string[] {
  const match = new RegExp(`## ${heading}\n\n\`\`\`yaml\n(.*?)\`\`\``, "s").exec(page(name));
  const text = (match?.[1] ?? "").replaceAll("{ ", "{").replaceAll(" }", "}");
  return text.trim().split("\n");
}

function codesOf(name: string, file: string): readonly string[] {
  return [...new Set(checkMappingText(text(name, file), file).map(({ code }) => code))];
}

describe.each(NAMES)("check.%s", (name) => {
  it.each(files(name, "bad"))(
    "says of %s what stands at its top, and nothing else",
    async (file) => {
      expect(codesOf(name, file)).toEqual([`check.${name}`]);
      await expectSaidAtTop(new URL(file, folder(name)), file, checkMappingText);
    },
  );

  it.each(files(name, "good"))("says nothing of %s", (file) => {
    expect(codesOf(name, file)).toEqual([]);
  });

  it("has files of both kinds", () => {
    expect([files(name, "bad").length > 0, files(name, "good").length > 0]).toEqual([true, true]);
  });

  it("has a page with its code, whose examples are those of the files", () => {
    expect(page(name)).toContain(`\n\`check.${name}\`\n`);
    for (const [heading, kind] of [
      ["Wrong", "bad"],
      ["Right", "good"],
    ] as const) {
      const all = files(name, kind)
        .map((file) => text(name, file))
        .join("\n");
      for (const line of exampleLines(name, heading)) expect(all).toContain(line);
    }
  });
});

describe("the checks", () => {
  it("have codes of their own, in the order of the alphabet", () => {
    expect(NAMES).toEqual([...new Set(NAMES)].sort());
  });

  it("have no page or files left of a check that is gone", () => {
    const pages = readdirSync(new URL("../../docs/checks/", import.meta.url));
    expect(pages.sort()).toEqual(["README.md", ...NAMES.map((name) => `${name}.md`)].sort());
    const folders = readdirSync(new URL("./", import.meta.url)).filter((one) => !/[-.]/.test(one));
    expect(folders.sort()).toEqual(NAMES);
  });

  it("stand on an index, each by the title of its page", () => {
    const title = (name: string) => page(name).split("\n")[0]?.replace("# ", "") ?? "";
    const rows = [...page("README").matchAll(/^\| \[`(.*?)`\]\((.*?)\) *\| (.*?) *\|$/gm)];
    expect(rows.map(([, code, file, finds]) => [code, file, finds])).toEqual(
      NAMES.map((name) => [`check.${name}`, `${name}.md`, title(name)]),
    );
  });
});
