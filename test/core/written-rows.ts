/** Writes rows on pages. */
import { createHash } from "node:crypto";
import { digestMemory } from "../../src/core/digest-memory.js";
import { JsonPage } from "../../src/core/json-page.js";
import { textOf, type Written } from "../../src/core/written.js";

export function pageOf(bytes: number, jobs = 100): JsonPage {
  const memory = digestMemory({ bytes, jobs });
  if (memory === undefined) throw new TypeError("no WebAssembly here");
  return new JsonPage(memory);
}

export const PAGE = pageOf(1 << 16);

export function rowOf(write: (page: JsonPage) => void, page = PAGE): Written | undefined {
  page.startRow();
  write(page);
  return page.endRow();
}

/** What was written; a text that no row is where there is none. */
export function written(write: (page: JsonPage) => void, page = PAGE): string {
  const row = rowOf(write, page);
  return row === undefined ? "not ordinary" : textOf(row);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
