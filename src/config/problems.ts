import type { NameIn } from "../core/catalogue/catalogue.js";
import { oneLine, type Diagnostic, type Place } from "../core/diagnostic.js";
import type { DataNode } from "../core/yaml.js";
import type { Field } from "./field.js";

/** Collects everything that is wrong with a configuration; each report gives `undefined`. */
export class Problems {
  private readonly found: Diagnostic[] = [];

  /** In the order of the text; what has no text comes last. */
  get diagnostics(): readonly Diagnostic[] {
    return this.found.toSorted(byOffset);
  }

  report(code: NameIn<"config">, place: Place, message: string, remedy: string): undefined {
    const said = { message: oneLine(message), remedy: oneLine(remedy) };
    this.found.push({ code: `config.${code}`, severity: "error", ...said, place });
    return undefined;
  }

  include(diagnostics: readonly Diagnostic[]): void {
    this.found.push(...diagnostics);
  }

  /** A map where text is needed, text where a list is needed. */
  wrongType(field: Field, wanted: string): undefined {
    const message = `${subject(field)} is ${kindOf(field.node)}, where ${wanted} is needed`;
    return this.report("wrong_type", field.place, message, `Write ${wanted}.`);
  }

  /** The right type, but nothing that has a meaning here; `found` ends a sentence. */
  invalidValue(field: Field, found: string, remedy: string): undefined {
    return this.report("invalid_value", field.place, `${subject(field)} ${found}`, remedy);
  }

  missingKey(place: Place, path: string, remedy: string): undefined {
    return this.report("missing_key", place, `\`${path}\` is missing`, remedy);
  }
}

function subject({ path }: Field): string {
  return path === "" ? "the file" : `\`${path}\``;
}

function byOffset(a: Diagnostic, b: Diagnostic): number {
  return offset(a) - offset(b);
}

function offset({ place }: Diagnostic): number {
  return place.kind === "text" ? place.span.start : Number.MAX_SAFE_INTEGER;
}

function kindOf(node: DataNode): string {
  if (node.kind !== "scalar") return node.kind === "map" ? "a map" : "a list";
  if (node.value === null) return "empty";
  return typeof node.value === "string" ? "text" : `a ${typeof node.value}`;
}
