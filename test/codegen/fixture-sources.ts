import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSources, SOURCE_FILES, type Sources } from "../../codegen/sources.js";

const ROOT = join(import.meta.dirname, "../..");
const FIXTURES: Readonly<Record<string, string>> = {
  [SOURCE_FILES.graph]: "test/codegen/fixture/graph.openapi.yaml",
  [SOURCE_FILES.errors]: "test/codegen/fixture/errors.yaml",
};

/** The text of a source of the small spec, by the path that it has in the project. */
export function fixtureText(path: string): string {
  return readFileSync(join(ROOT, FIXTURES[path] ?? path), "utf8");
}

/** The small spec; `edit` changes the text of its OpenAPI document. */
export function fixtureSources(edit = (text: string) => text): Sources {
  return readSources((path) =>
    path === SOURCE_FILES.graph ? edit(fixtureText(path)) : fixtureText(path),
  );
}
