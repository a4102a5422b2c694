/** The one door through which YAML is read: a tree with places, and a diagnostic for all it refuses. */
import type { DiagnosticCode } from "./catalogue/catalogue.js";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Document, Node, Pair, Scalar } from "yaml";
import { oneLine, type Diagnostic, type Span } from "./diagnostic.js";
import { nextKey } from "./yaml-key.js";
import { MAX_JSON_DEPTH, type Json } from "./json.js";
import { notUtf8, syntaxFault, type SyntaxFault } from "./yaml-syntax.js";
import { excessOf, MAX_NODES, tooDeep, tooLarge } from "./yaml-limits.js";

/** A node of a file (with its span) or of a value that came from code (without). */
export type DataNode = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
  readonly span: Span | undefined;
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span | undefined;
  readonly value: DataNode;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly DataNode[];
  readonly span: Span | undefined;
}

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly span: Span | undefined;
}

/** A parsed file: its tree, or what is wrong with it. */
export interface YamlReading {
  readonly root: DataNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one YAML 1.2 document. Text keys, no tags, no merge keys, no numbers that lose digits. */
export function readYaml(text: string, file: string): YamlReading {
  const excess = excessOf(text);
  if (excess !== undefined) return refused(excess.code, excess, file);
  const foreign = notUtf8(text);
  if (foreign !== undefined) return refused("yaml.encoding", foreign, file);
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    merge: false,
    uniqueKeys: false, // the library compares each key with all before it
    stringKeys: false,
    intAsBigInt: true,
    logLevel: "error", // with "silent" a second document would be dropped without a word
  });
  const [error] = document.errors;
  if (error !== undefined) return refused("yaml.syntax", syntaxFault(error, text), file);
  const reader = new TreeReader(document, file);
  reader.survey();
  const root = document.contents === null ? emptyMap() : reader.read(document.contents, 0);
  return reader.diagnostics.length > 0
    ? { root: undefined, diagnostics: reader.diagnostics }
    : { root, diagnostics: [] };
}

/** A text that is not read at all, for one reason. */
function refused(
  code: DiagnosticCode,
  { message, remedy, span }: SyntaxFault,
  file: string,
): YamlReading {
  return { root: undefined, diagnostics: [yamlDiagnostic(code, message, remedy, file, span)] };
}

/** The plain value of a node. */
export function nodeValue(node: DataNode): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(nodeValue);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, nodeValue(value)]));
  }
}

/** A tree without places for a value that came from code or from TOML. */
export function nodeOf(value: Json): DataNode {
  if (Array.isArray(value)) return { kind: "list", items: value.map(nodeOf), span: undefined };
  if (typeof value !== "object" || value === null)
    return { kind: "scalar", value, span: undefined };
  const entries = Object.entries(value).map(([key, child]) => ({
    key,
    keySpan: undefined,
    value: nodeOf(child),
  }));
  return { kind: "map", entries, span: undefined };
}

/** The value of a key, if the map has it. */
export function entryOf(map: MapNode, key: string): MapEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

function emptyMap(): MapNode {
  return { kind: "map", entries: [], span: { start: 0, end: 0 } };
}

function yamlDiagnostic(
  code: DiagnosticCode,
  message: string,
  remedy: string,
  file: string,
  span: Span,
): Diagnostic {
  const place = { kind: "text", file, span } as const;
  return { code, severity: "error", message: oneLine(message), remedy, place };
}

/** Turns the library's tree into ours, collecting what it refuses. */
class TreeReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly aliases = new Map<Node, Node>();
  private nodes = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly file: string,
  ) {}

  /** Refuses tags, and finds out once what each alias means: the library searches anew each time. */
  survey(): void {
    const anchors = new Map<string, Node>();
    visit(this.document, {
      Alias: (_, alias) => {
        const meant = anchors.get(alias.source);
        if (meant !== undefined) this.aliases.set(alias, meant);
        else
          this.refuse(
            "yaml.alias",
            `nothing before this is called \`&${alias.source}\``,
            "Put text that begins with `*` in quotes; a reference needs its `&name` before it.",
            alias,
          );
      },
      Value: (_, node) => {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        if (node.tag === undefined || PLAIN_TAGS.has(node.tag)) return;
        this.refuse(
          "yaml.tag",
          "a YAML tag is not allowed here",
          "Remove the tag; plain text, numbers, lists and maps are all a file needs.",
          node,
        );
      },
    });
  }

  read(node: Node | null, depth: number): DataNode {
    const target = node === null ? null : (this.aliases.get(node) ?? node);
    this.nodes += 1;
    if (depth > MAX_JSON_DEPTH || this.nodes > MAX_NODES) {
      if (this.diagnostics.length === 0) this.exceed(depth, node);
      return { kind: "scalar", value: null, span: this.span(node) };
    }
    if (isMap<Node | null, Node | null>(target)) {
      const seen = new Set<string>();
      const entries = target.items.flatMap((pair) => this.readPair(pair, depth, seen));
      return { kind: "map", entries, span: this.span(node) };
    }
    if (isSeq<Node | null>(target)) {
      const items = target.items.map((item) => this.read(item, depth + 1));
      return { kind: "list", items, span: this.span(node) };
    }
    return this.readScalar(isScalar(target) ? target : { value: null }, node);
  }

  private exceed(depth: number, node: Node | null): void {
    const span = this.span(node) ?? { start: 0, end: 0 };
    const { code, message, remedy } =
      depth > MAX_JSON_DEPTH
        ? tooDeep(span)
        : tooLarge(span, `with its aliases this file has more than ${String(MAX_NODES)} values`);
    this.refuse(code, message, remedy, node);
  }

  /** @param seen the keys of the map before this one */
  private readPair(
    pair: Pair<Node | null, Node | null>,
    depth: number,
    seen: Set<string>,
  ): MapEntry[] {
    const named = nextKey(pair, seen);
    if (!named.ok) {
      this.refuse(named.error.code, named.error.message, named.error.remedy, pair.key);
      return [];
    }
    const key = named.value;
    seen.add(key);
    const value = this.read(pair.value ?? null, depth + 1);
    const keySpan = this.span(pair.key);
    return [
      { key, keySpan, value: value.span === undefined ? { ...value, span: keySpan } : value },
    ];
  }

  private readScalar(
    scalar: Pick<Scalar, "value" | "source" | "type">,
    node: Node | null,
  ): ScalarNode {
    const { value, source = "" } = scalar;
    const span = this.span(node);
    if (scalar.type === "PLAIN" && /^[“”„‘’‚«»].*[“”‘’«»]$/su.test(source))
      this.refuse(
        "yaml.quotes",
        "typographic quotes are part of the text here, and not around it",
        "Write straight ones: `\"` or `'`.",
        node,
      );
    if (typeof value === "string" && !value.isWellFormed())
      this.refuse("yaml.text", "this text is not valid Unicode", "Write it anew.", node);
    if (typeof value === "string" || typeof value === "boolean" || value === null)
      return { kind: "scalar", value, span };
    const number = Number(value);
    if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)))
      this.refuse(
        "yaml.number",
        "this number is too large to be kept exactly",
        "Put it in quotes to keep every digit.",
        node,
      );
    if (/^[-+]?0\d/.test(source))
      this.refuse(
        "yaml.number",
        "this number would lose its leading zeros",
        "Put it in quotes to keep them, or remove them.",
        node,
      );
    return { kind: "scalar", value: number, span };
  }

  private span(node: Node | null): Span | undefined {
    const range = node?.range;
    return range ? { start: range[0], end: range[1] } : undefined;
  }

  private refuse(code: DiagnosticCode, message: string, remedy: string, node: Node | null): void {
    const span = this.span(node) ?? { start: 0, end: 0 };
    this.diagnostics.push(yamlDiagnostic(code, message, remedy, this.file, span));
  }
}

const PLAIN_TAGS = new Set([
  "tag:yaml.org,2002:map",
  "tag:yaml.org,2002:seq",
  "tag:yaml.org,2002:str",
  "tag:yaml.org,2002:int",
  "tag:yaml.org,2002:float",
  "tag:yaml.org,2002:bool",
  "tag:yaml.org,2002:null",
]);
