import type { DiagnosticCode } from "../core/catalogue/catalogue.js";
import { oneLine, type Diagnostic, type Place, type Span } from "../core/diagnostic.js";
import { nearName } from "../core/near-name.js";
import type { DataNode, MapEntry, MapNode } from "../core/yaml.js";

type MappingDiagnostic = Diagnostic & { readonly place: Extract<Place, { kind: "text" }> };

/** Collects what is wrong with one mapping: one diagnostic per mistake, none below a failed node. */
export class Problems {
  private readonly found: MappingDiagnostic[] = [];

  constructor(readonly file: string) {}

  /** What was found, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    return this.found.toSorted((a, b) => a.place.span.start - b.place.span.start);
  }

  /** How many mistakes were found so far; a reader whose parts added none has read a sound node. */
  get errors(): number {
    return this.found.filter(({ severity }) => severity === "error").length;
  }

  /** Reports a mistake; gives `undefined`, which is what a reader returns for a failed node. */
  error(code: DiagnosticCode, at: Span | undefined, message: string, remedy: string): undefined {
    this.add("error", code, at, message, remedy);
    return undefined;
  }

  /** Reports what is allowed but looks like a slip. */
  warning(code: DiagnosticCode, at: Span | undefined, message: string, remedy: string): void {
    this.add("warning", code, at, message, remedy);
  }

  /** Reports a node of the wrong kind. */
  wrongType(node: DataNode, name: string, wanted: string, remedy: string): undefined {
    return this.error(
      "mapping.wrong_type",
      node.span,
      `\`${name}\` takes ${wanted}, got ${kindOf(node)}`,
      remedy,
    );
  }

  /** Reports a key that has no meaning where it stands: the near one is offered, or all. */
  unknownKey(entry: MapEntry, where: string, known: readonly string[]): undefined {
    const near = nearName(entry.key, known);
    return this.error(
      "mapping.unknown_key",
      entry.keySpan,
      `\`${entry.key}\` is not a key of ${where}`,
      near === undefined ? `Known: ${quotedList(known)}.` : `Did you mean \`${near}\`?`,
    );
  }

  private add(
    severity: Diagnostic["severity"],
    code: DiagnosticCode,
    at: Span | undefined,
    message: string,
    remedy: string,
  ): void {
    const span = at ?? { start: 0, end: 0 };
    const place = { kind: "text", file: this.file, span } as const;
    const said = { message: oneLine(message), remedy: oneLine(remedy) };
    this.found.push({ code, severity, ...said, place });
  }
}

/**
 * The unknown key that was meant to be a key which the map lacks: that slip is reported as such,
 * and a second diagnostic would be about the same.
 */
export function misspelt(
  map: MapNode,
  key: string,
  known: readonly string[],
): MapEntry | undefined {
  return map.entries.find(
    (entry) => !known.includes(entry.key) && nearName(entry.key, known) === key,
  );
}

/** Names in backquotes: `a`, `b`. */
export function quotedList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function kindOf(node: DataNode): string {
  switch (node.kind) {
    case "map":
      return node.entries.length === 0 ? "an empty map" : "a map";
    case "list":
      return node.items.length === 0 ? "an empty list" : "a list";
    case "scalar":
      return scalarKind(node.value);
  }
}

function scalarKind(value: string | number | boolean | null): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}
