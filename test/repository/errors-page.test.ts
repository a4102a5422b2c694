/** The catalogue of errors, and the pages to which its codes lead. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CHECKS } from "../../src/checks/registry.js";
import { CHAPTERS, cataloguedCodes } from "../../src/core/catalogue/catalogue.js";
import { EXIT } from "../../src/core/exit.js";
import { manualPlaceOf } from "../../src/core/manual-place.js";
import { REJECTION_CODES } from "../../src/core/record.js";
import { FINDING_CODES, manualPlace } from "../../src/doctor/finding.js";
import { ERROR_RULES } from "../../src/generated/errors.js";
import { ruleSummary } from "../../src/graph/failure-summary.js";
import { isThere, PAGES, sectionsOf } from "./manual.js";

const ENTRIES = CHAPTERS.flatMap(({ entries }) => Object.entries(entries));
const CODES = [
  ...cataloguedCodes().map((code) => [code, manualPlaceOf(code)] as const),
  ...CHECKS.map(({ code }) => [code, manualPlaceOf(code)] as const),
  ...FINDING_CODES.map((code) => [code, manualPlace(code)] as const),
];

describe("the catalogue of errors", () => {
  it("has each code once, whether it stands in the catalogue, at a check or with the doctor", () => {
    const codes = CODES.map(([code]) => code);
    expect(codes).toEqual([...new Set(codes)]);
  });

  it.each(ENTRIES)("has cause, remedy and exit code of %s, in sentences", (_, entry) => {
    const { cause, remedy, exit } = entry;
    for (const text of [cause, remedy]) expect(text).toMatch(/^["`\p{L}].*[.]$/u);
    expect(remedy).not.toBe(cause);
    expect(Object.values(EXIT)).toContain(exit);
  });

  it.each(CODES)("leads from %s to %s, which is there", (_, place) => {
    expect(isThere(place)).toBe(true);
  });

  it("gives every rejected record, and nothing else, a code without an area", () => {
    expect(cataloguedCodes().filter((code) => !code.includes("."))).toEqual(REJECTION_CODES);
  });

  it.each(CHECKS.map(({ code }) => code))(
    "finds cause, cost and remedy on the page of %s",
    (code) => {
      const sections = sectionsOf(PAGES.get(manualPlaceOf(code)) ?? "");
      const [title, ...others] = sections.values();
      expect(title?.text).toMatch(new RegExp(`^\`${code}\`\n\n.+`));
      const headings = others.filter(({ text }) => text !== "").map(({ heading }) => heading);
      expect(headings).toEqual(expect.arrayContaining(["What it costs", "Right"]));
    },
  );
});

describe("the manual", () => {
  const links = [...PAGES].flatMap(([page, text]) =>
    Array.from(text.matchAll(/\]\(([^)\s:]+\.md(?:#[^)\s]+)?|#[^)\s]+)\)/g), ([, link = ""]) => {
      const target = link.startsWith("#")
        ? `${page}${link}`
        : path.posix.join(path.posix.dirname(page), link);
      return { page, target };
    }),
  );

  it("has every section that one of its pages links to", () => {
    const broken = links.filter(({ target }) => target.startsWith("docs/") && !isThere(target));
    expect(links.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });

  it("quotes Meta's failures at night as they are printed", () => {
    const quoted = Array.from(
      (PAGES.get("docs/operations.md") ?? "").matchAll(/^.*\(code (\d+)(?:\/(\d+))?\)\. .*$/gm),
      ([line = "", code, subcode]) => ({ line, code, subcode }),
    );
    const printed = quoted.map(({ code, subcode }) => {
      const rule = ERROR_RULES.find(
        (one) =>
          String(one.code) === code && (subcode === undefined || String(one.subcode) === subcode),
      );
      const shownBy = `code ${code ?? ""}${subcode === undefined ? "" : `/${subcode}`}`;
      return rule && ruleSummary(rule, shownBy);
    });
    expect(quoted.length).toBeGreaterThan(3);
    expect(quoted.map(({ line }) => line)).toEqual(printed);
  });

  it("tells at night of every code that can stop a run whose files are sound", () => {
    const page = PAGES.get("docs/operations.md") ?? "";
    const untold = ["meta", "target"].flatMap((area) =>
      cataloguedCodes().filter(
        (code) => code.startsWith(`${area}.`) && !page.includes(`\`${code}\``),
      ),
    );
    // What a person settles once, in the sync file, and what the report of the run explains.
    expect(untold).toEqual([
      "meta.rejected",
      "target.several",
      "target.wrong_subtype",
      "target.not_value_based",
      "target.gone",
    ]);
  });
});
