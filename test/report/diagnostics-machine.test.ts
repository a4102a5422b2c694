import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.js";
import { diagnosticsGithub, diagnosticsJson } from "../../src/report/diagnostics-machine.js";
import { diagnosticsText } from "../../src/report/diagnostics-text.js";

const FILE = "a,b:c%/ü.yaml";
const TEXT = "one: 1\ntwo: 2\n";

function diagnostic(message: string, remedy: string): Diagnostic {
  const place = { kind: "text", file: FILE, span: { start: 12, end: 13 } } as const;
  return { code: "mapping.example_failed", severity: "error", message, remedy, place };
}

const SEVERAL = diagnostic(
  "example 1: the result is different\nem: expected 50%, got 1",
  "Mend it.",
);

function github(...diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnosticsGithub(diagnostics, (file) => (file === FILE ? TEXT : undefined)).split("\n");
}

describe("annotations for GitHub", () => {
  it("escape what would end a property or the line", () => {
    expect(github(diagnostic("50 % of `a:b`,\r\nand", "Mend: it, 1%."))).toEqual([
      "::error file=a%2Cb%3Ac%25/ü.yaml,line=2,col=6,title=mapping.example_failed::50 %25 of `a:b`,%0D%0Aand%0AMend: it, 1%25.",
    ]);
  });

  it("keep a message of several lines in one", () => {
    expect(github(SEVERAL, SEVERAL)).toHaveLength(2);
    expect(github(SEVERAL)[0]).toMatch(
      /::example 1: the result is different%0Aem: expected 50%25, got 1%0AMend it\.$/,
    );
  });

  it("have no file for a value from code, and no remedy where there is none", () => {
    const place = { kind: "value", source: "options", path: "pixelId" } as const;
    expect(github({ ...diagnostic("this is wrong", ""), severity: "warning", place })).toEqual([
      "::warning title=mapping.example_failed::this is wrong",
    ]);
    const elsewhere = { kind: "text", file: "b.yaml", span: { start: 0, end: 0 } } as const;
    expect(github({ ...diagnostic("this is wrong", "Mend it."), place: elsewhere })).toEqual([
      "::error file=b.yaml,title=mapping.example_failed::this is wrong. Mend it.",
    ]);
  });
});

describe("a message of several lines", () => {
  it("is one JSON object in one line", () => {
    const line = diagnosticsJson([SEVERAL], () => TEXT);
    expect(line.split("\n")).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      message: SEVERAL.message,
      place: { file: FILE, line: 2, column: 6 },
    });
  });

  it("has its details below the place as text", () => {
    expect(diagnosticsText([SEVERAL], () => TEXT).split("\n")).toEqual([
      `${FILE}:2:6 error: example 1: the result is different (mapping.example_failed)`,
      "  2 | two: 2",
      "    |      ^",
      "  em: expected 50%, got 1",
      "  Mend it.",
    ]);
  });
});
