import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { days, History, type Change, type Day, type Fate, type Records } from "./history.js";

const ANSWERED: Fate = { kind: "answered" };
const KILLED: Fate = { kind: "killed", applied: true };
const LOST: Fate = { kind: "lost", applied: true };
const TOO_LARGE: Fate = { kind: "too_large" };
const NOTHING = { kind: "nothing" } as const;

const add = (...people: readonly string[]): Records => ({ operation: "upsert", people });
const remove = (...people: readonly string[]): Records => ({ operation: "remove", people });

/** A day whose records begin like those of the day before. */
function day(
  word: Day["word"],
  kept: number,
  more: readonly Records[],
  ...fates: readonly Fate[]
): Day {
  const change: Change = { kind: "then", kept, more };
  return { word, change, fates };
}

/** Days on which people were once lost. */
const LOSSES: Readonly<Record<string, readonly Day[]>> = {
  "a removal that was under way was given up, and is not among the records any more": [
    day(NOTHING, 0, [add("a"), remove("a")], ANSWERED, KILLED),
    day({ kind: "skip", which: 0 }, 1, []),
  ],
  "a refused record was retried, and a removal after it was made before": [
    day(NOTHING, 0, [add("x", "a"), remove("x")]),
    day({ kind: "retry_rejects" }, 2, [add("a")], ANSWERED, { kind: "never_connected" }),
  ],
  "a record that Meta named as malformed was retried": [
    day(NOTHING, 0, [add("a", "x")]),
    day({ kind: "retry_rejects" }, 1, []),
  ],
  "a request was given up of which Meta had acknowledged a part": [
    day(NOTHING, 0, [add("a", "b"), remove("a")], TOO_LARGE, ANSWERED, LOST),
    day({ kind: "skip", which: 0 }, 2, []),
    day({ kind: "skip", which: 2 }, 1, []),
  ],
  "a part was given up that had gone on in parts itself": [
    day(NOTHING, 0, [add("a", "b", "x")], TOO_LARGE, TOO_LARGE, ANSWERED, LOST),
    day({ kind: "skip", which: 1 }, 1, []),
  ],
  "a request was given up, and the next run did not come to it": [
    day(NOTHING, 0, [add("a"), remove("b"), add("x")], ANSWERED, ANSWERED, LOST),
    day({ kind: "skip", which: 0 }, 3, [], { kind: "never_connected" }),
    day(NOTHING, 3, []),
  ],
  "others emptied the audience of a lane that was interrupted": [
    day(NOTHING, 0, [add("a"), remove("b"), add("b")], ANSWERED, ANSWERED, KILLED),
    day({ kind: "distrust" }, 3, []),
  ],
};

async function peopleWrongAfter(of: readonly Day[], names: boolean): Promise<readonly string[]> {
  const history = new History(names);
  await history.play(of);
  return history.wrong();
}

describe.each([
  ["names a bad record", true],
  ["refuses all that is with a bad record", false],
] as const)("where Meta %s, an audience holds whom the records leave in it", (_, names) => {
  it.each(Object.entries(LOSSES))("when %s", async (__, of) => {
    expect(await peopleWrongAfter(of, names)).toEqual([]);
  });

  it("whatever befell earlier runs", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (of) => {
        expect(await peopleWrongAfter(of, names)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
