/** Drives yaml-language-server, which is what editors run, on texts of a project. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MarkupKind } from "vscode-languageserver-types";
import { TextDocument } from "vscode-languageserver-textdocument";
import server from "yaml-language-server/out/server/src/languageservice/yamlLanguageService.js";

const ROOT = join(import.meta.dirname, "../..");

/** The project as an editor knows it; schemas are read from this one. */
const PROJECT = "file:///project/mappings/";

const service = server.getLanguageService({
  schemaRequestService: (uri) => {
    if (!uri.startsWith(PROJECT)) throw new TypeError(`an editor would go to ${uri}`);
    return Promise.resolve(readFileSync(join(ROOT, "mappings", uri.slice(PROJECT.length)), "utf8"));
  },
  workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
  clientCapabilities: {
    textDocument: {
      completion: { completionItem: { documentationFormat: [MarkupKind.Markdown] } },
    },
  },
});
service.configure({ validate: true, hover: true, completion: true, hoverSchemaSource: false });

let documents = 0;

/** A text with `¦` where the cursor is. */
function open(text: string) {
  const cursor = text.indexOf("¦");
  documents += 1;
  const uri = `${PROJECT}${String(documents)}.yaml`;
  const document = TextDocument.create(uri, "yaml", 1, text.replace("¦", ""));
  return { document, position: document.positionAt(Math.max(0, cursor)) };
}

/** What an editor offers at `¦`: names with their Markdown. */
export async function completions(text: string): Promise<ReadonlyMap<string, string>> {
  const { document, position } = open(text);
  const { items } = await service.doComplete(document, position, false);
  return new Map(
    items.map(({ label, documentation = "" }) => [
      label,
      typeof documentation === "string" ? documentation : documentation.value,
    ]),
  );
}

/** What an editor shows over `¦`, as Markdown. */
export async function hover(text: string): Promise<string> {
  const { document, position } = open(text);
  const shown = await service.doHover(document, position);
  const contents = shown?.contents;
  return typeof contents === "object" && "kind" in contents ? contents.value : "";
}

/** What an editor underlines, as `line:column message`. */
export async function underlined(text: string): Promise<readonly string[]> {
  const { document } = open(text);
  const found = await service.doValidation(document, false);
  return found.map(({ range: { start }, message }) => {
    const place = `${String(start.line + 1)}:${String(start.character + 1)}`;
    return `${place} ${message}`;
  });
}
