import { describe, expect, it } from "vitest";
import { incomingRecords, type IncomingRecord } from "../../src/sync/record-input.js";

async function all(records: Parameters<typeof incomingRecords>[0]) {
  const batches: (readonly IncomingRecord[])[] = [];
  for await (const batch of incomingRecords(records)) batches.push(batch);
  return batches;
}

function* twoInOne() {
  const record = { id: 1, parts: [{ size: 1 }] };
  yield record;
  record.id = 2;
  record.parts[0] = { size: 2 };
  yield record;
}

async function* later(records: Iterable<unknown>) {
  for (const record of records) yield await Promise.resolve(record);
}

const [ONE, TWO] = [
  { id: 1, parts: [{ size: 1 }] },
  { id: 2, parts: [{ size: 2 }] },
];
const BOTH = [
  { position: 1, value: { ok: true, value: ONE } },
  { position: 2, value: { ok: true, value: TWO } },
];

describe("records that come in", () => {
  it("are what they were when they came, where one object is used for all", async () => {
    expect(await all(twoInOne())).toEqual([BOTH]);
    expect(await all(later(twoInOne()))).toEqual([BOTH]);
  });

  it("are those of an array themselves, which holds them all at once", async () => {
    const [batch] = await all([ONE, TWO]);
    expect(batch).toEqual(BOTH);
    expect(batch?.[0]?.value.ok === true && batch[0].value.value).toBe(ONE);
  });

  it.each([
    ["an array", [ONE, Promise.resolve(TWO)]],
    ["a set", new Set([ONE, Promise.resolve(TWO)])],
  ])("may be promised by %s", async (_, records) => {
    expect(await all(records)).toEqual([BOTH]);
  });

  it("end the run with the error of a promise that fails", async () => {
    await expect(all([ONE, Promise.reject(new Error("no more"))])).rejects.toThrow("no more");
  });

  it("leave the generator closed when the run ends before it does", async () => {
    let closed = false;
    function* many() {
      try {
        for (;;) yield ONE;
      } finally {
        closed = true;
      }
    }
    for await (const batch of incomingRecords(many())) {
      expect(batch).toHaveLength(100);
      break;
    }
    expect(closed).toBe(true);
  });

  it.each([
    ["an array", (records: readonly unknown[]) => records],
    ["a generator", (records: readonly unknown[]) => records.values()],
    ["an asynchronous one", later],
  ])("of %s are gathered by the hundred and counted from 1", async (_, iterable) => {
    const batches = await all(iterable(Array.from({ length: 201 }, (_, index) => index)));
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 1]);
    expect(batches[2]).toEqual([{ position: 201, value: { ok: true, value: 200 } }]);
    expect(await all(iterable([]))).toEqual([]);
  });

  it("of an array that grows meanwhile are read to its end", async () => {
    const records: number[] = Array.from({ length: 150 }, (_, index) => index);
    const positions: number[] = [];
    for await (const batch of incomingRecords(records)) {
      positions.push(...batch.map(({ position }) => position));
      if (records.length === 150 && positions.length === 150) records.push(150, 151);
    }
    expect(positions).toEqual(Array.from({ length: 152 }, (_, index) => index + 1));
  });

  it("are told where they are no JSON, holes of an array as well", async () => {
    const holes: unknown[] = [];
    holes[1] = Symbol("none");
    const fault = { ok: false, error: { reason: "not_json", path: [] } };
    expect(await all(holes)).toEqual([
      [
        { position: 1, value: fault },
        { position: 2, value: fault },
      ],
    ]);
  });
});
