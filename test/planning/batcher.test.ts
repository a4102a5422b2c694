import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sheet, textOf } from "../../src/core/written.js";
import type { Batch } from "../../src/planning/batch.js";
import { Batcher, MAX_OPEN_BATCHES, type BatchLimits } from "../../src/planning/batcher.js";
import type { AudienceEntry } from "../../src/surfaces/entry.js";

function entry(identity: string, parts: Partial<AudienceEntry> = {}): AudienceEntry {
  return {
    surface: "custom_audiences",
    identity,
    operation: "upsert",
    target: "VIP",
    member: identity,
    items: 1,
    columns: [0],
    rows: [],
    ...parts,
  };
}

function limits(parts: Partial<BatchLimits> = {}): BatchLimits {
  return { maxItems: 10, maxBytes: undefined, bytesOf: () => 1, ...parts };
}

function packed(entries: readonly AudienceEntry[], given = limits()): readonly Batch[] {
  const batcher = new Batcher(given);
  return [...entries.flatMap((one) => batcher.add(one)), ...batcher.drain()];
}

function names(batches: readonly Batch[]): readonly string[] {
  return batches.map(({ target, operation, entries }) =>
    [target, operation, ...entries.map(({ identity }) => identity)].join(" "),
  );
}

describe("a batcher", () => {
  it("keeps of a sheet what it keeps of its rows, and nothing else", () => {
    const batcher = new Batcher(limits());
    const sheet = Sheet.of(Buffer.from(`["a"],["b"],${"x".repeat(1_000)}`));
    const json = { sheet, start: 6, end: 11 };
    batcher.add(entry("plain"));
    batcher.add(entry("written", { json }));
    batcher.gather();
    expect([json.sheet.bytes.toString(), textOf(json)]).toEqual(['["b"]', '["b"]']);
    const { sheet: own } = json;
    batcher.gather();
    expect(json.sheet).toBe(own);
  });

  it("gives back a batch the moment it is full", () => {
    const batcher = new Batcher(limits({ maxItems: 2 }));
    expect(batcher.add(entry("a"))).toEqual([]);
    expect(names(batcher.add(entry("b")))).toEqual(["VIP upsert a b"]);
    expect(batcher.drain()).toEqual([]);
  });

  it("closes a batch before an entry that does not fit, and starts the next with it", () => {
    expect(names(packed([entry("a", { items: 6 }), entry("b", { items: 5 }), entry("c")]))).toEqual(
      ["VIP upsert a", "VIP upsert b c"],
    );
  });

  it("drains by first record, not by last use", () => {
    expect(
      names(
        packed([
          entry("a"),
          entry("x", { target: "Lapsed" }),
          entry("y", { target: "Lapsed" }),
          entry("b"),
        ]),
      ),
    ).toEqual(["VIP upsert a b", "Lapsed upsert x y"]);
  });

  it("puts a target that was closed and came again behind", () => {
    const remove = { operation: "remove" } as const;
    expect(
      names(packed([entry("a"), entry("x", { target: "Lapsed" }), entry("b", remove)])),
    ).toEqual(["VIP upsert a", "Lapsed upsert x", "VIP remove b"]);
  });

  it("limits bytes, but never asks for them where they are not limited", () => {
    const bytesOf = ({ identity }: { readonly identity: string }) => identity.length;
    const entries = ["aaa", "bbb", "ccccccc", "d"].map((name) => entry(name));
    expect(names(packed(entries, limits({ maxBytes: 7, bytesOf })))).toEqual([
      "VIP upsert aaa bbb",
      "VIP upsert ccccccc",
      "VIP upsert d",
    ]);
    const never = () => {
      throw new Error("asked");
    };
    expect(packed(entries, limits({ bytesOf: never }))).toHaveLength(1);
  });

  it("keeps 64 open and flushes the least recently used", () => {
    const batcher = new Batcher(limits());
    const opened = Array.from({ length: MAX_OPEN_BATCHES }, (_, index) => `t${index}`);
    expect(opened.flatMap((target) => batcher.add(entry(target, { target })))).toEqual([]);
    batcher.add(entry("again", { target: "t0" }));
    expect(names(batcher.add(entry("new", { target: "new" })))).toEqual(["t1 upsert t1"]);
    expect(batcher.drain()).toHaveLength(MAX_OPEN_BATCHES);
  });

  it("loses nothing, keeps order per target, respects its limits, and never lets a remove overtake", () => {
    const arbitrary = fc.array(
      fc.record({
        target: fc.integer({ min: 0, max: 80 }).map(String),
        operation: fc.constantFrom("upsert" as const, "remove" as const),
        items: fc.integer({ min: 1, max: 10 }),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(arbitrary, (drawn) => {
        const entries = drawn.map((parts, index) => entry(String(index), parts));
        const batches = packed(entries);
        for (const { entries: inside } of batches)
          expect(inside.reduce((sum, { items }) => sum + items, 0)).toBeLessThanOrEqual(10);
        for (const { target } of entries) {
          const sent = batches
            .filter((batch) => batch.target === target)
            .flatMap((batch) => batch.entries);
          expect(sent).toEqual(entries.filter((one) => one.target === target));
        }
        expect(
          batches.every(({ operation, entries: inside }) =>
            inside.every((one) => one.operation === operation),
          ),
        ).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
