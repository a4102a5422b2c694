import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ColumnBatch } from "../../src/sources/source.js";
import { failureOf, fileSource, folderWith, opened, problemsOf, rowsOf } from "./sources.js";
import { gzipSync } from "node:zlib";

describe("an NDJSON file", () => {
  it("keeps every digit and every leading zero", async () => {
    const folder = await folderWith({
      "a.ndjson":
        '{"id":12345678901234567890,"d":0.12345678901234567890123,"n":9007199254740991,"price":12.50,"zip":"00712","big":1e400}\n',
    });
    const source = await opened(fileSource(path.join(folder, "a.ndjson")));
    expect(await rowsOf(source, ["id", "d", "n", "price", "zip", "big"])).toEqual([
      [
        "12345678901234567890",
        "0.12345678901234567890123",
        9007199254740991,
        12.5,
        "00712",
        "1e400",
      ],
    ]);
  });

  it("keeps nested values, their digits too", async () => {
    const folder = await folderWith({
      "a.jsonl":
        '{"items":[{"sku":"A","id":12345678901234567890},[true,null]],"o":{"a":{"b":1}}}\n',
    });
    const source = await opened(fileSource(path.join(folder, "a.jsonl")));
    expect(await rowsOf(source, ["items", "o"])).toEqual([
      [[{ id: "12345678901234567890", sku: "A" }, [true, null]], { a: { b: 1 } }],
    ]);
  });

  it("may have a BOM, CRLF, blank lines, no last line end, and objects that differ", async () => {
    const folder = await folderWith({
      "a.ndjson": '\uFEFF{"a":1}\r\n\r\n{"b":"x"}\r\n  \n{"a":2}',
    });
    const source = await opened(fileSource(path.join(folder, "a.ndjson")));
    expect(source.columns).toEqual([
      { name: "a", type: "JSON" },
      { name: "b", type: "JSON" },
    ]);
    expect(await rowsOf(source)).toEqual([
      [1, null],
      [null, "x"],
      [2, null],
    ]);
  });

  it("may be packed by gzip, and many files", async () => {
    const folder = await folderWith({
      "b.ndjson.gz": '{"a":2}\n',
      "a.jsonl.gz": '{"a":1}\n',
      "c.jsonl": '{"a":3}\n',
    });
    const source = await opened(fileSource(path.join(folder, "*")));
    expect(await rowsOf(source)).toEqual([[1], [2], [3]]);
  });

  it("finds a column that only its last line has, whether it is expected or not", async () => {
    const text = `${'{"a":1}\n'.repeat(50_000)}{"late":1}\n`;
    const folder = await folderWith({ "a.ndjson": text });
    const file = fileSource(path.join(folder, "a.ndjson"));
    for (const expected of [undefined, ["a", "late"], ["a", "missing"]]) {
      const source = await opened(file, expected);
      expect(source.columns.map(({ name }) => name)).toEqual(["a", "late"]);
    }
    const early = await opened(file, ["a"]);
    expect(early.columns.map(({ name }) => name)).toEqual(["a"]);
  });

  it("reports a bad line as a fault of its row and reads on", async () => {
    const folder = await folderWith({
      "a.ndjson": '{"a":1}\n{"a":\n[1]\n{"a":"\\ud800"}\n{"a":2}\n',
    });
    const source = await opened(fileSource(path.join(folder, "a.ndjson")));
    const batches: ColumnBatch[] = [];
    for await (const batch of source.batches(["a"])) batches.push(batch);
    expect(batches).toEqual([
      {
        columns: [[1, null, null, null, 2]],
        rows: 5,
        firstRow: 1,
        faults: new Map([
          [1, "is not JSON (line 2)"],
          [2, "is not a JSON object (line 3)"],
          [3, "contains half of a surrogate pair, which is not valid Unicode (line 4)"],
        ]),
      },
    ]);
  });

  it("is refused when no line is an object", async () => {
    const folder = await folderWith({
      "a.ndjson": '[\n  {"a": 1}\n]\n'.replace('  {"a": 1}', "1"),
    });
    const [problem] = await problemsOf(fileSource(path.join(folder, "a.ndjson")));
    expect(problem?.code).toBe("source.unreadable");
  });

  it("breaks off where its gzip does", async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `{"a":${String(index * 7919)}}`);
    const packed = gzipSync(lines.join("\n"));
    const folder = await folderWith({ "a.ndjson.gz": packed.subarray(0, packed.length - 5_000) });
    const source = await opened(fileSource(path.join(folder, "a.ndjson.gz")), ["a"]);
    const failure = await failureOf(source);
    expect(failure?.code).toBe("source.failed");
    expect(failure?.message).toMatch(/cannot be read to its end: it ends in the middle$/);
  });
});
