import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draft07Validator } from "../draft07-validator.js";
import { withoutErrors } from "../../src/core/diagnostic.js";
import { isJsonArray, isJsonObject, parseJson, type Json } from "../../src/core/json.js";
import { nodeValue, readYaml } from "../../src/core/yaml.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { runExamples } from "../../src/checks/examples.js";
import { BEYOND_SHAPE } from "./beyond-shape.js";
import { mutated } from "./mutated.js";

/** How an example comes out has no shape either. */
const ONLY_COMPILER = new Set([...BEYOND_SHAPE, "mapping.example_failed"]);

const ROOT = new URL("../../", import.meta.url);

function files(folder: string): readonly string[] {
  return readdirSync(new URL(folder, ROOT))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `${folder}${file}`);
}

function text(file: string): string {
  return readFileSync(new URL(file, ROOT), "utf8");
}

const validate = schemaValidator();

function schemaValidator() {
  const schema = parseJson(text("mappings/mapping.schema.json"));
  if (!schema.ok || !isJsonObject(schema.value)) throw new TypeError("the schema is an object");
  return draft07Validator(schema.value);
}

function parsed(file: string): Json {
  const { root } = readYaml(text(file), file);
  return root === undefined ? null : nodeValue(root);
}

function schemaAccepts(source: string): boolean {
  const { root } = readYaml(source, "mapping.yaml");
  if (root === undefined) throw new TypeError("only what YAML can read has a shape");
  return validate(nodeValue(root)).length === 0;
}

function compilerErrors(source: string): readonly string[] {
  const { mapping, diagnostics } = readMapping(source, "mapping.yaml");
  const all = [...diagnostics, ...(mapping === undefined ? [] : runExamples(mapping))];
  return all.filter((one) => !withoutErrors([one])).map(({ code }) => code);
}

const GOOD = [...files("mappings/"), ...files("test/mapping/good/")];
const BROKEN = files("test/mapping/broken/").filter(
  (file) => readYaml(text(file), file).root !== undefined,
);

/** Both say yes, or both say no; what only the compiler can know is left to it. */
function expectAgreement(source: string): void {
  const errors = compilerErrors(source);
  const ofShape = errors.filter((code) => !ONLY_COMPILER.has(code));
  // What only the compiler refuses the schema may still refuse for a shape of its own.
  if (errors.length > 0 && ofShape.length === 0) return;
  expect({ source, accepted: schemaAccepts(source) }).toEqual({
    source,
    accepted: errors.length === 0,
  });
}

/** Its examples are most of a shipped mapping: a change would hardly ever meet anything else. */
function withOneExample(mapping: Json): Json {
  if (!isJsonObject(mapping) || !isJsonArray(mapping["examples"])) return mapping;
  return { ...mapping, examples: mapping["examples"].slice(0, 1) };
}

describe("the compiler and mapping.schema.json", () => {
  it.each(GOOD)("both accept %s", (file) => {
    expect(compilerErrors(text(file))).toEqual([]);
    const { root } = readYaml(text(file), file);
    expect(root && validate(nodeValue(root))).toEqual([]);
  });

  it.each(BROKEN)("agree on %s", (file) => {
    expectAgreement(text(file));
  });

  it("hold every listed code against a file that only the compiler refuses", () => {
    const onlyCompiler = BROKEN.filter((file) => schemaAccepts(text(file))).flatMap((file) =>
      compilerErrors(text(file)),
    );
    expect([...new Set(onlyCompiler)].sort()).toEqual([...ONLY_COMPILER].sort());
  });

  it("agree on sound mappings with a random change", () => {
    const sound = GOOD.map((file) => withOneExample(parsed(file)));
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.infiniteStream(fc.nat()), (mapping, chance) => {
        expectAgreement(JSON.stringify(mutated(mapping, chance)));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
