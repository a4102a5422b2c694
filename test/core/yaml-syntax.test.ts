import { describe, expect, it } from "vitest";
import { lineAndColumn } from "../../src/core/diagnostic.js";
import { readYaml } from "../../src/core/yaml.js";

/** Place, code, message and remedy of what is said of a text; always one thing at once. */
function said(text: string): string {
  const [first, ...others] = readYaml(text, "a.yaml").diagnostics;
  if (first?.place.kind !== "text" || others.length > 0) return "not one diagnostic";
  const { line, column } = lineAndColumn(text, first.place.span.start);
  const marked = text.slice(first.place.span.start, first.place.span.end);
  return `${line}:${column} ${first.code} «${marked}» ${first.message}. ${first.remedy}`;
}

describe("a text that is no YAML is explained", () => {
  it.each([
    [
      "a brace that is never closed, at the brace",
      "a: 1 # {\nb: { c: '{', d: e\nf: g\n",
      "2:4 yaml.syntax «{» this `{` is not closed. Write the `}` that belongs to it.",
    ],
    [
      "a list that ends in a brace",
      "a: { b: [c }\n",
      "1:9 yaml.syntax «[» this `[` is not closed. Write the `]` that belongs to it.",
    ],
    [
      "a bracket that ends a closed one before",
      "a: [[b], c\n",
      "1:4 yaml.syntax «[» this `[` is not closed. Write the `]` that belongs to it.",
    ],
    [
      "a brace that closes nothing",
      "a: b\nc: d }\ne: }\n",
      "3:4 yaml.syntax «}» this `}` closes nothing. Remove it, or write the `{` that belongs to it.",
    ],
    [
      "a bracket that closes nothing",
      "a: ]\n",
      "1:4 yaml.syntax «]» this `]` closes nothing. Remove it, or write the `[` that belongs to it.",
    ],
    [
      "a tab",
      "a:\n  b: 1\n\tc: 2\n",
      "3:1 yaml.syntax «\t» this line is indented with a tab, and YAML takes spaces only. Put spaces in its place, as many as the lines beside it have.",
    ],
    [
      "a line that is indented less, but not to the left",
      "a:\n    b: 1\n  c: 2\n",
      "3:3 yaml.syntax «c: 2» this line is indented neither like the one before it nor like another above. Begin the lines of one map, or of one list, in the same column.",
    ],
    [
      "a line that is indented more",
      "a: 1\n\n   b: 2\n",
      "3:4 yaml.syntax «b: 2» this line is indented as if it belonged to the value before it. Begin it in the column of the key that it stands beside.",
    ],
    [
      "a text with a colon",
      "a: Orders: all\nb: 1\n",
      "1:4 yaml.syntax «Orders: all» a second colon stands in this line, so that it reads as a key in a value. Put text with a colon in quotes, or begin a map in the next line.",
    ],
    [
      "a text with a colon between braces",
      "a: { b: c: d }\n",
      "1:9 yaml.syntax «c: d » a second colon stands here where one value belongs, inside brackets. Put text with a colon in quotes, or close the bracket before this.",
    ],
    [
      "a list in the line of its key",
      "a: - b\n",
      "1:4 yaml.syntax «-» a list begins in the line of its key. Begin it in the next line, or write it as `[a, b]`.",
    ],
    [
      "a colon without a space",
      "a:\n  b:c\n  d: 1\n",
      "2:3 yaml.syntax «b:c» this line is no key with a colon and a value. Put a space after the colon.",
    ],
    [
      "a colon without a space at the end",
      "a:\n  d: 1\n  b:c\n",
      "3:3 yaml.syntax «b:c» this line is no key with a colon and a value. Put a space after the colon.",
    ],
    [
      "a colon without a space between braces",
      "a: { b:c, d: 1 }\n",
      "1:6 yaml.key «b:c» `b:c` is one word here, without a value. Put a space after the colon.",
    ],
    [
      "a word alone in a line",
      "a: 1\nb\n",
      "2:1 yaml.syntax «b» this line is no key with a colon and a value. Write `key: value`.",
    ],
    [
      "a comma that is missing",
      'a: ["b" "c"]\n',
      '1:9 yaml.syntax «"» a comma is missing before this. Between brackets a comma stands between one part and the next.',
    ],
    [
      "a quote that is never closed",
      'a: "b"\nc: "d\ne: 1\n',
      '2:4 yaml.syntax «"» this quote is not closed. Write the second one behind the text.',
    ],
    [
      "a path of Windows between double quotes",
      'a: "C:\\data\\orders.csv"\n',
      "1:7 yaml.syntax «\\» between double quotes a backslash begins a special character, and this is none. Use single quotes, or write the backslash twice.",
    ],
    [
      "a text that begins with @",
      "a: @home\n",
      "1:4 yaml.syntax «@» text without quotes cannot begin with @. Put it in quotes.",
    ],
    [
      "a star as a key",
      "a:\n  *: payload\n",
      '2:3 yaml.syntax «*» a `*` without quotes refers to another part of the file. Put it in quotes: `"*":`.',
    ],
    [
      "a star as a key with a space before the colon",
      "a:\n  * : payload\n",
      '2:3 yaml.syntax «*» a `*` without quotes refers to another part of the file. Put it in quotes: `"*":`.',
    ],
    [
      "a text between stars",
      "a: *loud*\n",
      "1:4 yaml.alias «*loud*» nothing before this is called `&loud*`. Put text that begins with `*` in quotes; a reference needs its `&name` before it.",
    ],
    [
      "a second document",
      "a: 1\n---\nb: 2\n",
      "2:1 yaml.syntax «---\nb: 2\n» a second document begins here, and a file holds one. Remove this line, or move what follows to a file of its own.",
    ],
    [
      "a template",
      "a: {{ payload.total }}\n",
      "1:5 yaml.key «{ payload.total }» a map stands here where a key belongs. Nothing is filled in between double braces: write a path alone, without them.",
    ],
    [
      "a truth value as a key",
      "a: { true: 1 }\n",
      '1:6 yaml.key «true» the key `true` reads as a truth value, and a key is text. Put it in quotes: `"true"`.',
    ],
    [
      "a number as a key",
      "a: { 01: b }\n",
      '1:6 yaml.key «01» the key `01` reads as a number, and a key is text. Put it in quotes: `"01"`.',
    ],
    [
      "no-break spaces",
      "a: 1\n\u00a0\u00a0b: 2\n",
      "2:1 yaml.key «\u00a0\u00a0b» this line is indented with characters that only look like spaces. Put plain spaces in their place; they often come along from a web page or a chat.",
    ],
    [
      "a letter of another encoding",
      "a: Gr\uFFFD\uFFFDe\n",
      "1:6 yaml.encoding «\uFFFD» this file is not written as UTF-8. Save it as UTF-8; an editor shows the encoding, or asks for it when it saves.",
    ],
    [
      "typographic quotes",
      "a: “EUR”\n",
      "1:4 yaml.quotes «“EUR”» typographic quotes are part of the text here, and not around it. Write straight ones: `\"` or `'`.",
    ],
  ])("%s", (_, text, sentence) => {
    expect(said(text)).toBe(sentence);
  });

  it("by the parser's own words where it is rare, and with a remedy all the same", () => {
    expect(said("a: &x &y 1\n")).toBe(
      "1:7 yaml.syntax «&y» A node can have at most one anchor. Put text with special characters in quotes, and close all that was opened before.",
    );
  });

  it("but leaves typographic quotes that stand in quotes", () => {
    expect(readYaml("a: '“EUR”'\nb: “x\n", "a.yaml").diagnostics).toEqual([]);
  });
});
