import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FINDING_CODES, manualPlace } from "../../src/doctor/finding.js";

const MANUAL = readFileSync(new URL("../../docs/doctor.md", import.meta.url), "utf8");
const HEADINGS = Array.from(MANUAL.matchAll(/^## (.+)$/gm), ([, heading = ""]) => heading);

/** As the places where manuals are read make one. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

describe("the manual of the doctor", () => {
  it("has a section of each code, in their order, and no other", () => {
    expect(HEADINGS).toEqual(FINDING_CODES);
  });

  it.each(FINDING_CODES)("has the place to which %s leads", (code) => {
    expect(HEADINGS.map((heading) => `docs/doctor.md#${anchorOf(heading)}`)).toContain(
      manualPlace(code),
    );
  });
});
