import { describe, expect, it } from "vitest";
import { artefacts } from "../../codegen/artefacts.js";
import { fixtureSources } from "./fixture-sources.js";

const made = await artefacts(fixtureSources());

function textOf(path: string): string {
  return made.find((artefact) => artefact.path === path)?.text ?? "";
}

describe("the generated files of a small spec", () => {
  it.each(["graph", "schemas", "fields", "constants", "errors"])("%s.ts", async (name) => {
    await expect(textOf(`src/generated/${name}.ts`)).toMatchFileSnapshot(`expected/${name}.ts.txt`);
  });

  it("reference.md", async () => {
    await expect(textOf("docs/reference.md")).toMatchFileSnapshot("expected/reference.md.txt");
  });

  it("are nine", () => {
    expect(made.map(({ path }) => path)).toEqual([
      "src/generated/graph.ts",
      "src/generated/schemas.ts",
      "src/generated/fields.ts",
      "src/generated/constants.ts",
      "src/generated/errors.ts",
      "src/generated/sha256.ts",
      "mappings/mapping.schema.json",
      "docs/reference.md",
      "docs/errors.md",
    ]);
  });

  it("are the same each time", async () => {
    expect(await artefacts(fixtureSources())).toEqual(made);
  });
});
