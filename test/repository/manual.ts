/** The pages of the manual, and the anchors that they have. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { anchorOf } from "../../src/core/manual-place.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Every page below `docs/`, by its path from the root: `docs/errors.md`. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => {
      const place = `docs/${file.replaceAll(path.sep, "/")}`;
      return [place, readFileSync(path.join(ROOT, place), "utf8")];
    }),
);

/** A section: its heading, and what stands below it up to the next one of any depth. */
export interface Section {
  readonly heading: string;
  readonly text: string;
}

/** The sections of a page by their anchors; a page's title is one of them. */
export function sectionsOf(page: string): ReadonlyMap<string, Section> {
  const prose = page.replaceAll(/^```[\s\S]*?^```/gm, (block) => block.replaceAll(/^#/gm, " "));
  const parts = prose.split(/^#{1,6} /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [heading = "", ...lines] = part.split("\n");
      return [anchorOf(heading.replaceAll("`", "")), { heading, text: lines.join("\n").trim() }];
    }),
  );
}

/** Whether a place such as `docs/errors.md#storein_use` is there. */
export function isThere(place: string): boolean {
  const [file = "", anchor] = place.split("#");
  const page = PAGES.get(file);
  return page !== undefined && (anchor === undefined || sectionsOf(page).has(anchor));
}
