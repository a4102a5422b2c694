import type { NameIn } from "../core/catalogue/catalogue.js";
import type { Diagnostic } from "../core/diagnostic.js";

/** A problem with a whole file, named without its lines: there may be secrets in them. */
export function fileFault(
  code: NameIn<"config">,
  file: string,
  message: string,
  remedy: string,
): Diagnostic {
  const place = { kind: "value", source: file, path: "" } as const;
  return { code: `config.${code}`, severity: "error", message, remedy, place };
}
