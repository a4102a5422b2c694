import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isNormalizerName, NORMALIZER_NAMES } from "../../src/normalize/index.js";
import { DROP_REASONS, SUSPICIONS } from "../../src/normalize/normalizer.js";
import { normalizerOf } from "../../src/normalize/normalizer-of.js";
import { disputedRow, outcome, vectors } from "./vectors.js";

const PAGE = readFileSync(new URL("../../docs/normalization.md", import.meta.url), "utf8");

/** The sections of the page by their headings, of whichever level. */
const SECTIONS = new Map(
  PAGE.split(/^#+ /m).map((section): [string, string] => {
    const end = section.indexOf("\n");
    return [section.slice(0, end), section.slice(end)];
  }),
);

/** The rows of the tables in a text, without their headings; the padding of columns taken off. */
function rowsOf(text: string): readonly string[] {
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  return rows
    .filter((row, index) => !isRule(row) && !isRule(rows[index + 1] ?? ""))
    .map((row) => cellsOf(row).join(" | "));
}

function isRule(row: string): boolean {
  return /^\|[-| ]+$/.test(row);
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, row.lastIndexOf("|"))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** The value of a cell: in backquotes, and in quotation marks where spaces stand at its ends. */
function valueOf(cell: string): string {
  const text = cell.slice(1, -1);
  return /^" | "$/.test(text) ? text.slice(1, -1) : text;
}

const META = NORMALIZER_NAMES.filter((name) => name.startsWith("meta_"));

describe("docs/normalization.md", () => {
  it.each(META)("shows what `%s` makes of values, as it does", (name) => {
    const rows = rowsOf(SECTIONS.get(`\`${name}\``) ?? "");
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const [given = "", ...others] = row.split(" | ");
      const [country = "", shown] = others.length === 1 ? ["", ...others] : others;
      const place = country === "" ? undefined : valueOf(country);
      expect([row, outcome(normalizerOf([name])(valueOf(given).trim(), place))]).toEqual([
        row,
        shown,
      ]);
    }
  });

  it("has no section about a rule that there is not", () => {
    const named = [...SECTIONS.keys()].filter((heading) => heading.startsWith("`meta_"));
    expect(named.every((heading) => isNormalizerName(heading.slice(1, -1)))).toBe(true);
  });

  it("lists every disputed value of Meta's once, with both readings and what is done", () => {
    const disputes = PAGE.slice(PAGE.indexOf("## Where Meta's sources disagree"));
    const wanted = vectors().flatMap((vector) =>
      vector.disputed ? [cellsOf(disputedRow(vector)).join(" | ")] : [],
    );
    expect(wanted.length).toBe(77);
    expect([...rowsOf(disputes)].sort()).toEqual(wanted.sort());
  });

  it("lists every reason", () => {
    const reasons = rowsOf(SECTIONS.get("Reasons") ?? "").map((row) => row.split(" | ")[0]);
    expect(reasons).toEqual([...DROP_REASONS, ...SUSPICIONS].map((reason) => `\`${reason}\``));
  });
});
