import { hash } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { digestMemory, type DigestMemory } from "../../src/core/digest-memory.js";

const FREE = 0x2e;

function memoryFor(bytes: number, jobs: number): DigestMemory {
  const memory = digestMemory({ bytes, jobs });
  if (memory === undefined) throw new TypeError("no WebAssembly here");
  memory.bytes.fill(FREE);
  return memory;
}

/** Bytes that look different at each place. */
function textOf(length: number, seed = length): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 37 + seed * 101 + 7) & 0xff);
}

interface Placed {
  readonly text: Uint8Array;
  /** Bytes left free before the text, and before its digest. */
  readonly gaps: readonly [text: number, digest: number];
}

/** What is at each byte after the jobs, and what should be. */
function digested(placed: readonly Placed[], room = placed.length) {
  const total = placed.reduce(
    (sum, { text, gaps }) => sum + text.length + gaps[0] + gaps[1] + 64,
    0,
  );
  const memory = memoryFor(total, room);
  const expected = Buffer.alloc(total, FREE);
  let at = 0;
  for (const [index, { text, gaps }] of placed.entries()) {
    const from = at + gaps[0];
    const to = from + text.length + gaps[1];
    memory.bytes.set(text, from);
    memory.jobs.set([from, text.length, to], index * 3);
    expected.set(text, from);
    expected.write(hash("sha256", text, "hex"), to);
    at = to + 64;
  }
  memory.digest(placed.length);
  return { actual: Buffer.from(memory.bytes), expected };
}

function close(text: Uint8Array): Placed {
  return { text, gaps: [0, 0] };
}

describe("memory that digests", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("gives SHA-256 in lower-case hex", () => {
    const memory = memoryFor(100, 1);
    memory.bytes.set(Buffer.from("abc"));
    memory.jobs.set([0, 3, 36]);
    memory.digest(1);
    expect(Buffer.from(memory.bytes.subarray(36)).toString()).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it.each(Array.from({ length: 201 }, (_, length) => length))("digests %i bytes", (length) => {
    const { actual, expected } = digested([close(textOf(length))]);
    expect(actual).toEqual(expected);
  });

  it("digests texts of all lengths up to 200 at once, shorter and longer ones by turns", () => {
    const lengths = Array.from({ length: 201 }, (_, index) => (index * 77) % 201);
    const { actual, expected } = digested(lengths.map((length) => close(textOf(length))));
    expect(actual).toEqual(expected);
  });

  it("digests any texts at any places, and touches nothing else", () => {
    const gap = fc.nat({ max: 20 });
    const length = fc.oneof(
      fc.nat({ max: 60 }),
      fc.constantFrom(55, 56, 63, 64, 119, 120, 127, 128),
      fc.nat({ max: 1000 }),
    );
    const placed = fc.record({
      text: fc.tuple(length, fc.nat({ max: 255 })).map(([bytes, seed]) => textOf(bytes, seed)),
      gaps: fc.tuple(gap, gap),
    });
    fc.assert(
      fc.property(fc.array(placed, { maxLength: 30 }), gap, (jobs, more) => {
        const { actual, expected } = digested(jobs, jobs.length + more);
        expect(actual).toEqual(expected);
      }),
    );
  });

  it("digests a text of megabytes among short ones", () => {
    const texts = [
      textOf(20),
      textOf(3_000_001),
      ...Array.from({ length: 9 }, (_, n) => textOf(n)),
    ];
    const { actual, expected } = digested(texts.map(close));
    expect(actual.equals(expected)).toBe(true);
  });

  it("digests texts at the end of a memory whose last page is full", () => {
    for (const length of [1, 55, 56, 63, 64, 120]) {
      const memory = memoryFor(2 * 65_536 - 12 - 72, 1);
      const at = memory.bytes.length - length;
      memory.bytes.set(textOf(length), at);
      memory.jobs.set([at, length, 0]);
      memory.digest(1);
      expect(Buffer.from(memory.bytes.subarray(0, 64)).toString()).toBe(
        hash("sha256", textOf(length), "hex"),
      );
    }
  });

  it("digests thousands of texts", () => {
    const { actual, expected } = digested(
      Array.from({ length: 5000 }, (_, index) => close(textOf(index % 50, index))),
    );
    expect(actual.equals(expected)).toBe(true);
  });

  it("digests again what was put in the place of other texts", () => {
    const memory = memoryFor(200, 1);
    for (const length of [70, 0, 69, 1]) {
      memory.bytes.set(textOf(length));
      memory.jobs.set([0, length, 130]);
      memory.digest(1);
      expect(Buffer.from(memory.bytes.subarray(130, 194)).toString()).toBe(
        hash("sha256", textOf(length), "hex"),
      );
    }
  });

  it("does nothing when there are no jobs", () => {
    const memory = memoryFor(64, 0);
    memory.digest(0);
    expect(Buffer.from(memory.bytes)).toEqual(Buffer.alloc(64, FREE));
  });

  it("refuses more jobs than it has room for", () => {
    expect(() => {
      memoryFor(64, 2).digest(3);
    }).toThrow(RangeError);
  });

  it("keeps one memory apart from another", () => {
    const [one, other] = [memoryFor(67, 1), memoryFor(67, 1)];
    one.bytes.set(Buffer.from("abc"));
    one.jobs.set([0, 3, 3]);
    one.digest(1);
    expect(Buffer.from(other.bytes)).toEqual(Buffer.alloc(67, FREE));
  });

  it.each([
    ["WebAssembly", undefined],
    ["SIMD", { validate: () => false }],
  ])("is not there without %s", async (_, webAssembly) => {
    vi.stubGlobal("WebAssembly", webAssembly);
    vi.resetModules();
    const fresh = await import("../../src/core/digest-memory.js");
    expect(fresh.digestMemory({ bytes: 1, jobs: 1 })).toBeUndefined();
  });
});
