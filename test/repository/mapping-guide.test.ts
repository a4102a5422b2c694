import { describe, expect, it } from "vitest";
import { checkMappingText } from "../../src/checks/check-mapping.js";
import { sha256 } from "../../src/core/digest.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { nodeValue, readYaml } from "../../src/core/yaml.js";
import { diagnosticsText } from "../../src/report/diagnostics-text.js";
import { blocksOf, readText } from "./docs/document.js";
import { rendered, type Shown } from "./guide-mappings.js";

const GUIDE = "docs/mapping-guide.md";
const guide = readText(GUIDE);

const BLOCKS = blocksOf(guide).map(({ info: language, text, line }) => ({ language, text, line }));

const PARTS = ["yaml record", "yaml config", "yaml result"];

/** A mapping and the blocks that follow it up to its result; what a block leaves out the first has. */
function exampleAt(index: number, first: Shown | undefined): Shown {
  const following = BLOCKS.slice(index + 1, index + 4);
  const end = following.findIndex(({ language }) => language === "yaml result");
  const parts = following.slice(0, end + 1);
  expect(PARTS).toEqual(expect.arrayContaining(parts.map(({ language }) => language)));
  const part = (language: string) =>
    parseYaml(parts.find((one) => one.language === language)?.text ?? "{}");
  return {
    mapping: mappingOf(objectOf(parseYaml(BLOCKS[index]?.text ?? "")), first?.mapping),
    record: { ...first?.record, ...objectOf(part("yaml record")) },
    config: objectOf(part("yaml config")),
    result: part("yaml result"),
  };
}

const SECTIONS = new Set(["request", "require", "only_if"]);

function mappingOf(shown: JsonObject, first: JsonObject | undefined): JsonObject {
  if (first === undefined || "mapping" in shown) return shown;
  const lines = Object.entries(shown);
  const fields = Object.fromEntries(lines.filter(([name]) => !SECTIONS.has(name)));
  const sections = Object.fromEntries(lines.filter(([name]) => SECTIONS.has(name)));
  return { ...first, ...sections, event: { ...objectOf(first["event"]), ...fields } };
}

function parseYaml(text: string): Json {
  const { root, diagnostics } = readYaml(text, GUIDE);
  expect(diagnostics).toEqual([]);
  return root === undefined ? null : nodeValue(root);
}

function objectOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new TypeError("a map was expected");
  return value;
}

/** `{sha256: text}` as the digest that it stands for. */
function digested(value: Json): Json {
  if (isJsonArray(value)) return value.map(digested);
  if (!isJsonObject(value)) return value;
  const { sha256: text } = value;
  if (typeof text === "string") return sha256(text);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, digested(one)]));
}

const MAPPINGS = BLOCKS.flatMap(({ language, line }, index) =>
  language === "yaml mapping" ? [{ line, index }] : [],
);
const [FIRST] = MAPPINGS.slice(0, 1).map(({ index }) => exampleAt(index, undefined));

describe("the mapping guide", () => {
  it("has an example for every form", () => {
    expect(MAPPINGS.length).toBeGreaterThan(20);
    expect(BLOCKS.filter(({ language }) => language === "yaml result").length).toBe(
      MAPPINGS.length,
    );
  });

  it.each(MAPPINGS)("shows what comes of the mapping in line $line", ({ index }) => {
    const shown = exampleAt(index, FIRST);
    const outcome = rendered(shown, GUIDE);
    const expected = digested(shown.result);
    if (!isJsonObject(expected) || !isJsonObject(outcome)) return expect(outcome).toEqual(expected);
    const names = Object.keys("reject" in outcome ? outcome : expected);
    const got = names.map((name): [string, Json] => [name, outcome[name] ?? null]);
    expect(Object.fromEntries(got)).toEqual(expected);
  });

  it.each(BLOCKS.filter(({ text }) => text.includes("\nexamples:")))(
    "has a whole mapping in line $line of which check says nothing",
    ({ text }) => {
      expect(checkMappingText(text, GUIDE)).toEqual([]);
    },
  );

  it("says what check says of the broken mapping", () => {
    const [broken = "", said] = ["yaml broken", "text said"].map(
      (language) => BLOCKS.find((one) => one.language === language)?.text,
    );
    const diagnostics = checkMappingText(broken, "mapping.yaml");
    expect(`${diagnosticsText(diagnostics, () => broken)}\n`).toBe(said);
  });
});
