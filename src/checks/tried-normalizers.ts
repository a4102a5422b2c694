import type { ValueForm } from "../mapping/form.js";
import { NORMALIZERS } from "../normalize/index.js";

/** What the normalisers of a form make of a text; blank when they drop it. */
export function normalizedBy({ steps }: ValueForm, text: string): string {
  return steps.normalize.reduce<string>((current, name) => {
    const next = current === "" ? undefined : NORMALIZERS[name](current, "US");
    if (typeof next === "string") return next;
    return next?.kind === "suspicious" ? next.text : "";
  }, text);
}
