import { describe, expect, it } from "vitest";
import { Slots } from "../../src/delivery/slots.js";

/** Takers by name, and those that have a slot, in the order in which they got it. */
function takers(slots: Slots, ...names: readonly string[]) {
  const taken: string[] = [];
  for (const name of names) void slots.take().then(() => taken.push(name));
  return taken;
}

/** Lets everything that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe("slots", () => {
  it("are taken at once while there are any, and given to whoever waits longest", async () => {
    const slots = new Slots(2);
    const taken = takers(slots, "a", "b", "c", "d");
    await turn();
    expect(taken).toEqual(["a", "b"]);
    slots.give();
    await turn();
    expect(taken).toEqual(["a", "b", "c"]);
    slots.give();
    await turn();
    expect(taken).toEqual(["a", "b", "c", "d"]);
  });

  it("are never more than there were, however often they are given back", async () => {
    const slots = new Slots(1);
    for (const name of ["a", "b"]) {
      expect(takers(slots, name)).toEqual([]);
      await turn();
      slots.give();
    }
    const taken = takers(slots, "c", "d");
    await turn();
    expect(taken).toEqual(["c"]);
  });
});
