import { describe, expect, it } from "vitest";
import { readRecordLines, type RecordLine } from "../../src/sources/record-lines.js";

async function* stream(
  ...chunks: readonly (string | Uint8Array)[]
): AsyncGenerator<string | Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function linesOf(
  chunks: readonly (string | Uint8Array)[],
  maxLength?: number,
): Promise<readonly RecordLine[]> {
  const lines: RecordLine[] = [];
  for await (const batch of readRecordLines(stream(...chunks), maxLength)) lines.push(...batch);
  return lines;
}

const SYNTAX = { ok: false, error: { reason: "syntax", path: [] } };

describe("readRecordLines", () => {
  it("numbers lines, skips blank ones, and needs no last line end", async () => {
    expect(await linesOf(['\uFEFF{"a":1}\r\n\r\n  \n', '{"a":2}\n\n[3]'])).toEqual([
      { line: 1, value: { ok: true, value: { a: 1 } } },
      { line: 4, value: { ok: true, value: { a: 2 } } },
      { line: 6, value: { ok: true, value: [3] } },
    ]);
  });

  it("gives the same lines wherever the stream is cut", async () => {
    const bytes = Buffer.from('{"a":"grün €"}\r\n\n{"b":"𝄞"}\n');
    const whole = await linesOf([bytes]);
    expect(whole).toHaveLength(2);
    for (let at = 0; at <= bytes.length; at += 1)
      expect(await linesOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    expect(await linesOf(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(whole);
  });

  it("copies what it keeps, for streams that use their buffer again", async () => {
    const buffer = Buffer.from('{"a":');
    async function* reused(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(buffer);
      buffer.write("1}\n{}");
      yield buffer;
    }
    const lines: RecordLine[] = [];
    for await (const batch of readRecordLines(reused())) lines.push(...batch);
    expect(lines.map(({ value }) => value)).toEqual([
      { ok: true, value: { a: 1 } },
      { ok: true, value: {} },
    ]);
  });

  it("makes a bad line a fault of its own", async () => {
    const bad = Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff), Buffer.from('"}\n{}\n')]);
    expect(await linesOf(['{"a":\n{}\n{"a":12345678901234567890}\n', bad])).toEqual([
      { line: 1, value: SYNTAX },
      { line: 2, value: { ok: true, value: {} } },
      { line: 3, value: { ok: false, error: { reason: "unsafe_integer", path: ["a"] } } },
      { line: 4, value: { ok: false, error: { reason: "lone_surrogate", path: [] } } },
      { line: 5, value: { ok: true, value: {} } },
    ]);
  });

  it("makes a line beyond the limit a fault, and never holds it whole", async () => {
    const long = `{"a":"${"x".repeat(100)}"}`;
    const lines = [
      { line: 1, value: { ok: true, value: { b: 1 } } },
      { line: 2, value: SYNTAX },
      { line: 3, value: { ok: true, value: { b: 2 } } },
    ];
    expect(await linesOf([`{"b":1}\n${long}\n{"b":2}`], 20)).toEqual(lines);
    const pieces = Array.from(`{"b":1}\n${long}\n{"b":2}`);
    expect(await linesOf(pieces, 20)).toEqual(lines);
    expect(await linesOf([`{"b":1}\n`, ...Array.from(long)], 20)).toEqual(lines.slice(0, 2));
  });

  it("gives batches of up to 100, and nothing for an empty stream", async () => {
    const sizes: number[] = [];
    for await (const batch of readRecordLines(stream("{}\n".repeat(250)))) sizes.push(batch.length);
    expect(sizes).toEqual([100, 100, 50]);
    expect(await linesOf([])).toEqual([]);
    expect(await linesOf(["", "\n"])).toEqual([]);
  });
});
