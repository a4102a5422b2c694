import { expect, it } from "vitest";
import { inTurns } from "../../../src/sync/mirror/in-turns.js";

/** Sources by name, each of so many items; notes which have been started. */
async function turns(lengths: Readonly<Record<string, number>>, started: string[] = []) {
  const sources = Object.entries(lengths).map(
    ([name, length]) =>
      async function* () {
        started.push(name);
        for (let item = 1; item <= length; item += 1)
          yield await Promise.resolve(`${name}${String(item)}`);
      },
  );
  const given: string[] = [];
  for await (const item of inTurns(sources)) given.push(item);
  return given;
}

it("gives one of each after the other, until all have come to their end", async () => {
  expect(await turns({ a: 3, b: 1, c: 2 })).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  expect(await turns({})).toEqual([]);
  expect(await turns({ a: 0, b: 1 })).toEqual(["b1"]);
});

it("starts sixteen, and another one when one has come to its end", async () => {
  const lengths = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`s${String(index)}-`, index === 3 ? 1 : 2] as const),
  );
  const given = await turns(lengths);
  expect(given).toHaveLength(39);
  expect(given.indexOf("s16-1")).toBeGreaterThan(given.indexOf("s15-1"));
  expect(given.indexOf("s16-1")).toBeLessThan(given.indexOf("s17-1"));
});
