/** What the package exports, as its declarations tell it to a user's editor. */
import path from "node:path";
import ts from "typescript";
import { ROOT } from "./docs/document.js";

/** What can be imported, and the declarations of each. */
const ENTRIES = [
  ["retl-meta", "dist/index.d.ts"],
  ["retl-meta/mapping", "dist/mapping.d.ts"],
  ["retl-meta/emulator", "dist/emulator/index.d.ts"],
] as const;

/** One exported name. */
export interface Exported {
  readonly entry: string;
  readonly name: string;
  readonly kind: "value" | "type";
  readonly says: string;
  readonly examples: readonly Example[];
}

/** An `@example` of it, or of one of its members. */
export interface Example {
  /** `Destination.plan`. */
  readonly of: string;
  readonly text: string;
}

/** Every export of every entry. */
export function publicApi(): readonly Exported[] {
  const files = ENTRIES.map(([, file]) => path.join(ROOT, file));
  const options = { module: ts.ModuleKind.NodeNext, skipLibCheck: true, types: ["node"] };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return ENTRIES.flatMap(([entry], index) => {
    const source = program.getSourceFile(files[index] ?? "");
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new TypeError(`${entry} is not built`);
    return checker.getExportsOfModule(module).map((symbol) => exported(entry, symbol, checker));
  });
}

function exported(entry: string, symbol: ts.Symbol, checker: ts.TypeChecker): Exported {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const members = [...(target.members?.values() ?? [])];
  const { name } = symbol;
  return {
    entry,
    name,
    kind: (target.flags & ts.SymbolFlags.Value) === 0 ? "type" : "value",
    says: textOf(target, checker),
    examples: [
      ...examplesOf(target, name, checker),
      ...members.flatMap((member) => examplesOf(member, `${name}.${member.name}`, checker)),
    ],
  };
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

function examplesOf(symbol: ts.Symbol, of: string, checker: ts.TypeChecker): readonly Example[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === "example")
    .map(({ text }) => ({ of, text: ts.displayPartsToString(text) }));
}
