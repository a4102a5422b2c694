import { describe, expect, it } from "vitest";
import { entryOf, nodeOf, nodeValue, readYaml } from "../../src/core/yaml.js";

function read(text: string) {
  const { root, diagnostics } = readYaml(text, "test.yaml");
  return { value: root && nodeValue(root), diagnostics };
}

/** Code and the text at the place of each diagnostic. */
function refused(text: string) {
  return read(text).diagnostics.map(({ code, place }) => [
    code,
    place.kind === "text" ? text.slice(place.span.start, place.span.end) : "",
  ]);
}

describe("a YAML file", () => {
  it("gives text, numbers, booleans, null, lists and maps", () => {
    const text = "a: [1, -2.5, 0x1f, true, ~, yes, 2026-01-01, '7', 1_000]\nb:\n  c: |\n    x\n";
    expect(read(text).value).toEqual({
      a: [1, -2.5, 31, true, null, "yes", "2026-01-01", "7", "1_000"],
      b: { c: "x\n" },
    });
  });

  it("knows the place of every node and key", () => {
    const text = "top:\n  inner: value\n  empty:\n";
    const { root } = readYaml(text, "test.yaml");
    const top = root?.kind === "map" ? entryOf(root, "top")?.value : undefined;
    const inner = top?.kind === "map" ? entryOf(top, "inner") : undefined;
    const empty = top?.kind === "map" ? entryOf(top, "empty") : undefined;
    const at = (span: { start: number; end: number } | undefined) =>
      text.slice(span?.start, span?.end);
    expect(at(inner?.keySpan)).toBe("inner");
    expect(at(inner?.value.span)).toBe("value");
    expect(empty?.value).toMatchObject({ kind: "scalar", value: null });
  });

  it("may be empty", () => {
    expect(read("")).toEqual({ value: {}, diagnostics: [] });
    expect(read("# only a comment\n").value).toEqual({});
  });

  it("may use anchors; the last one before an alias counts", () => {
    expect(read("a: &x 1\nb: *x\nc: &x [2]\nd: *x\n").value).toEqual({
      a: 1,
      b: 1,
      c: [2],
      d: [2],
    });
  });
});

describe("refused in YAML", () => {
  it.each([
    ["bad syntax", "a: [1", "yaml.syntax"],
    ["a key twice", "a: 1\na: 2", "yaml.key_twice"],
    ["a key without end", `{"${"k".repeat(1_025)}": 1}`, "yaml.key"],
    ["a second document", "a: 1\n---\nb: 2\n", "yaml.syntax"],
    ["a tag", "a: !!set {x}", "yaml.tag"],
    ["a tag of one's own", "a: !secret x", "yaml.tag"],
    ["an alias of nothing", "a: *nobody", "yaml.alias"],
    ["an alias before its anchor", "a: *x\nb: &x 1", "yaml.alias"],
    ["a list as a key", "? [a]\n: 1", "yaml.key"],
    ["a number as a key", "1: x", "yaml.key"],
    ["a boolean as a key", "true: x", "yaml.key"],
    ["a merge key", "a: &x {b: 1}\nc:\n  <<: *x", "yaml.key"],
    ["__proto__", "__proto__: {a: 1}", "yaml.key"],
    ["a large number", "a: 12345678901234567890", "yaml.number"],
    ["a number just too large", "a: 9007199254740992", "yaml.number"],
    ["infinity", "a: .inf", "yaml.number"],
    ["minus infinity", "a: -.inf", "yaml.number"],
    ["not a number", "a: .nan", "yaml.number"],
    ["an overflow", "a: 1e400", "yaml.number"],
    ["leading zeros", "a: 0123", "yaml.number"],
    ["half a surrogate pair", 'a: "\\uD800"', "yaml.text"],
    ["an alias of itself", "a: &x [*x, *x]", "yaml.too_deep"],
    ["nesting", `a: ${"[".repeat(65)}${"]".repeat(65)}`, "yaml.too_deep"],
    [
      "nesting in blocks",
      Array.from({ length: 70 }, (_, level) => `${" ".repeat(level)}a:`).join("\n"),
      "yaml.too_deep",
    ],
  ])("%s", (_, text, code) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(diagnostics[0]?.message).not.toBe("");
  });

  it("points at what it refuses", () => {
    expect(refused("a: 1\nb: .inf\nc: !x 2\n1: 3")).toEqual([
      ["yaml.tag", "2"],
      ["yaml.number", ".inf"],
      ["yaml.key", "1"],
    ]);
  });

  it("is an alias bomb, at once", () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const inner = level === 0 ? "x" : `*l${level - 1}`;
      return `l${level}: &l${level} [${new Array(9).fill(inner).join(", ")}]`;
    });
    expect(refused(levels.join("\n")).map(([code]) => code)).toEqual(["yaml.too_large"]);
  });

  it.each([
    ["flow lists", "[".repeat(100_000)],
    ["flow maps", "{".repeat(100_000)],
    ["block lists", "- ".repeat(100_000)],
    ["explicit keys", "? ".repeat(100_000)],
    ["indents", Array.from({ length: 1_000 }, (_, level) => `${" ".repeat(level)}a:`).join("\n")],
  ])("is nesting that would end the process: %s", (_, text) => {
    expect(read(text).diagnostics.map(({ code }) => code)).toEqual(["yaml.too_deep"]);
  });

  it("but brackets in text are text, and long lines are fine", () => {
    const brackets = "[{".repeat(100);
    const text = `a: "${brackets}" # ${brackets}
c: ${"x".repeat(2_000)}
b: |
  ${brackets}
`;
    expect(read(text).value).toMatchObject({ a: brackets, b: `${brackets}\n` });
  });

  it("tells no library secrets in its messages", () => {
    for (const text of ["a: [1", "a: 1\n---\nb: 2\n"])
      expect(read(text).diagnostics[0]?.message).not.toMatch(/YAML\.|at line/);
  });
});

describe("a value from code", () => {
  it("makes the same tree without places", () => {
    const value = { a: [1, "x", null, { b: true }] };
    expect(nodeValue(nodeOf(value))).toEqual(value);
    expect(nodeOf(value).span).toBeUndefined();
  });
});
