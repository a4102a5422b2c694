/** What a browser shows of a page, measured where it is shown. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** A function of the page's own world, which has other globals than this one. */
const LOOK = readFileSync(fileURLToPath(new URL("flaws.js", import.meta.url)), "utf8")
  .replace(/^\/\*\*.*\n/, "")
  .replace(/;\s*$/, "");

/** What of a page a person would frown at. */
export interface Flaws {
  /** Texts that contrast too little with what is behind them, with the ratio. */
  readonly faint: readonly string[];
  /** Texts that lie beyond the edges of the window. */
  readonly beyond: readonly string[];
  /** Labels of axes that lie on each other. */
  readonly overlapping: readonly string[];
  /** How much wider than its window it is. */
  readonly wider: number;
}

/** Looks at every text that is shown. */
export function flawsOf(page: Page): Promise<Flaws> {
  return page.evaluate<Flaws>(`(${LOOK})()`);
}
