/** What documents say beside their consoles: links lead somewhere, commands and options exist. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { isJsonObject, parseJson } from "../../../src/core/json.js";
import { cli } from "../../e2e/cli.js";
import { blocksOf, readText, ROOT } from "./document.js";

const FOLDERS = ["", "docs/", "docs/checks/", "examples/"];
const DOCUMENTS = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}${name}`),
);

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links to a file, a folder or a heading of the repository that is not there. */
function brokenLinks(file: string): readonly string[] {
  const markdown = readText(file);
  const links = [...markdown.matchAll(/\]\((?!\w+:)([^)]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    const [place = "", anchor] = link.split("#");
    const target = place === "" ? file : path.join(path.dirname(file), place);
    const there =
      anchor === undefined ? exists(target) : anchorsOf(textOf(target)).includes(anchor);
    return !there;
  });
}

function exists(file: string): boolean {
  const name = path.basename(file);
  try {
    return name === "." || readdirSync(path.join(ROOT, path.dirname(file))).includes(name);
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  return exists(file) ? readText(file) : "";
}

/** Every command line that a document names: in its blocks for a shell, and in its sentences. */
function commandLines(markdown: string): readonly string[] {
  const shells = blocksOf(markdown).filter(({ info }) => info === "sh" || info === "console");
  const spans = [...markdown.matchAll(/`((?:npx )?retl-meta [^`]+)`/g)].map(
    ([, text = ""]) => text,
  );
  return [...shells.flatMap(({ text }) => text.split("\n")), ...spans]
    .map((line) => line.replace(/^\$ /, "").replace(/^npx /, "").replace(/ #.*$/, ""))
    .filter((line) => line.startsWith("retl-meta "));
}

const helps = new Map<string, string>();

beforeAll(async () => {
  const { stdout } = await cli(["--help"]);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = ""]) => name);
  for (const name of names) {
    const own = (await cli([name, "--help"])).stdout;
    const children = [...own.matchAll(/^ {2}([a-z]+) (?:\[options\]|<| {2,})/gm)];
    const nested = children.map(([, child = ""]) => cli([name, child, "--help"]));
    helps.set(name, [own, ...(await Promise.all(nested)).map(({ stdout: text }) => text)].join(""));
  }
});

/** Commands and options that the command line does not have. */
function unknownWords(line: string): readonly string[] {
  const [, command = ""] = line.split(/\s+/);
  const help = helps.get(command);
  if (help === undefined) return command.startsWith("--") || command === "…" ? [] : [line];
  const options = [...line.matchAll(/ (--[a-z-]+)/g)].map(([, name = ""]) => name);
  return options
    .filter((name) => !new RegExp(`${name}\\b`).test(help))
    .map((name) => `${line}: ${name}`);
}

describe.each(DOCUMENTS)("%s", (file) => {
  it("links to what is there", () => {
    expect(brokenLinks(file)).toEqual([]);
  });

  it("names commands, options and scripts that there are", () => {
    const markdown = readText(file);
    expect(commandLines(markdown).flatMap(unknownWords)).toEqual([]);
    const scripts = [...markdown.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = ""]) => name);
    const known = readText("package.json");
    expect(scripts.filter((name) => !known.includes(`"${name}`))).toEqual([]);
  });
});

describe("what is installed", () => {
  it("runs no script, as docs/security.md says", () => {
    const lockfile = parseJson(readText("package-lock.json"));
    const packages =
      lockfile.ok && isJsonObject(lockfile.value) ? lockfile.value["packages"] : null;
    const entries = isJsonObject(packages) ? Object.entries(packages) : [];
    const scripted = entries.filter(
      ([, entry]) => isJsonObject(entry) && entry["hasInstallScript"] === true,
    );
    expect(scripted.length).toBeGreaterThan(0);
    const installed = scripted.filter(([, entry]) => isJsonObject(entry) && entry["dev"] !== true);
    expect(installed.map(([name]) => name)).toEqual([]);
  });
});

describe("what is looked at", () => {
  it("is every document, and commands are found in them", () => {
    expect(DOCUMENTS.length).toBeGreaterThan(30);
    expect(DOCUMENTS.flatMap((file) => commandLines(readText(file))).length).toBeGreaterThan(40);
    expect(helps.size).toBeGreaterThan(10);
    expect(unknownWords("retl-meta sync --fast")).toEqual(["retl-meta sync --fast: --fast"]);
    expect(unknownWords("retl-meta fly")).toEqual(["retl-meta fly"]);
  });
});
