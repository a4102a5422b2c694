import { describe, expect, it } from "vitest";
import { compile } from "../../src/mapping/compile.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { Path, Shape } from "../../src/mapping/shape.js";
import { eventMapping } from "./render.js";

/** A shape that remembers which paths it was asked for. */
function askedShape(names: readonly string[], asked: string[]): Shape<null> {
  return {
    path: ({ text }) => {
      asked.push(text);
      return () => "1";
    },
    identifiers: () => undefined,
    names: ({ root, parts }: Path) =>
      root === "payload" && parts.length === 0 ? names : undefined,
  };
}

describe("the rests of a mapping on columns", () => {
  it("read the declared columns one by one; no object is built for a row", () => {
    const asked: string[] = [];
    const mapping = eventMapping('user_data: {fbc: payload.fbc}\ncustom_data: {"*": payload}');
    const shape = askedShape(["value", "fbc", "tier"], asked);
    const compiled = compile(mapping, shape, new Map());
    if (compiled.surface !== "events") throw new TypeError("a mapping for events");
    expect(compiled.event(compiled.scope(null, emptyTally()))).toEqual({
      user_data: { fbc: "1" },
      custom_data: { tier: "1", value: 1 },
    });
    expect(asked).toEqual(["payload.fbc", "payload.value", "payload.tier"]);
  });

  it("know no identifiers of types that no column holds", () => {
    const mapping = eventMapping("user_data: {em: {identifier: email, hash: sha256}}");
    const compiled = compile(mapping, askedShape([], []), new Map());
    if (compiled.surface !== "events") throw new TypeError("a mapping for events");
    expect(compiled.event(compiled.scope(null, emptyTally()))).toBeUndefined();
  });
});
