/** docs/mappings.md tells the truth: its mappings are sound, and its new parameter is as small as it says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSpec } from "../../codegen/check/check-spec.js";
import { mappingSchemaFile } from "../../codegen/mapping-schema/mapping-schema-file.js";
import { movedFields } from "../../codegen/moved-fields.js";
import { readSources, SOURCE_FILES } from "../../codegen/sources.js";
import { runExamples } from "../../src/checks/examples.js";
import { draft07Validator } from "../draft07-validator.js";
import { isJsonObject, parseJson, type JsonObject } from "../../src/core/json.js";
import { nodeValue, readYaml } from "../../src/core/yaml.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { lineAndColumn } from "../../src/core/diagnostic.js";
import { SHIPPED_MAPPINGS } from "../../src/sync/load-mapping.js";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const DOC = read("docs/mappings.md");

const blocks = [...DOC.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, , text]) => text ?? "");
const mappings = blocks.filter((text) => text.startsWith("mapping: 1"));
const withParameter = mappings.find((text) => text.includes("ring_size")) ?? "";
const snippet = blocks.find((text) => text.startsWith("ring_size:")) ?? "";

function valueOf(yaml: string): JsonObject {
  const { root } = readYaml(yaml, "block.yaml");
  const value = root && nodeValue(root);
  if (!isJsonObject(value)) throw new TypeError("a block is a map");
  return value;
}

function objectOf(text: string): JsonObject {
  const json = parseJson(text);
  if (!json.ok || !isJsonObject(json.value)) throw new TypeError("a schema is an object");
  return json.value;
}

describe("docs/mappings.md", () => {
  it("lists every mapping that is shipped", () => {
    const listed = [...DOC.matchAll(/^\| `((?:events|custom_audiences)[\w.]*)` /gm)].map(
      ([, name]) => name ?? "",
    );
    expect(listed.sort()).toEqual([...SHIPPED_MAPPINGS].sort());
  });

  it.each(mappings.filter((text) => text !== withParameter))(
    "has a sound mapping, whose examples come out as they say: %#",
    (text) => {
      const { mapping, diagnostics } = readMapping(text, "block.yaml");
      expect(diagnostics).toEqual([]);
      expect(mapping?.examples).not.toEqual([]);
      expect(mapping && runExamples(mapping)).toEqual([]);
    },
  );

  it("adds a parameter of Meta's by three lines of the spec and one command", () => {
    expect(snippet.trim().split("\n")).toHaveLength(3);
    const { mapping, diagnostics } = readMapping(withParameter, "rings.yaml");
    expect(mapping).toBeUndefined();
    const [refused, ...others] = diagnostics;
    if (refused?.place.kind !== "text") throw new TypeError("a diagnostic of a file has its place");
    const { line, column } = lineAndColumn(withParameter, refused.place.span.start);
    expect(others).toEqual([]);
    expect(DOC).toContain(
      `rings.yaml:${String(line)}:${String(column)} error: ${refused.message} (${refused.code})`,
    );

    const indented = snippet.replaceAll(/^(?=.)/gm, " ".repeat(8));
    const place = "        client_ip_address:\n";
    const sources = readSources((file) =>
      file === SOURCE_FILES.graph ? read(file).replace(place, indented + place) : read(file),
    );
    expect(checkSpec(sources.graph)).toEqual([]);
    const before = objectOf(read("mappings/mapping.schema.json"));
    const after = objectOf(mappingSchemaFile(sources));
    const moved = movedFields(before, after);
    expect(moved).toHaveLength(1);
    expect(DOC).toContain(`\n${moved[0] ?? "nothing"}\n`);
    expect(draft07Validator(before)(valueOf(withParameter))).not.toEqual([]);
    expect(draft07Validator(after)(valueOf(withParameter))).toEqual([]);
  });
});
