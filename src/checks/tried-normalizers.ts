import type { ValueForm } from "../mapping/form.js";
import { NORMALIZERS } from "../normalize/index.js";

/** Where the made-up people live whose values are tried. */
export const TRIED_COUNTRY = "US";

/** What the normalisers of a form make of a text; blank when they drop it. */
export function normalizedBy({ steps }: ValueForm, text: string): string {
  return steps.normalize.reduce<string>((current, name) => {
    const next = current === "" ? undefined : NORMALIZERS[name](current, TRIED_COUNTRY);
    if (typeof next === "string") return next;
    return next?.kind === "suspicious" ? next.text : "";
  }, text);
}
