import { fileURLToPath } from "node:url";

/** The file with the page about a check; the pages come with the package. */
export function checkPage(code: string): string {
  const name = code.replace("check.", "");
  return fileURLToPath(new URL(`../../docs/checks/${name}.md`, import.meta.url));
}
