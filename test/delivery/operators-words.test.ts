import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { Planned } from "../../src/planning/planner.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { person, requests } from "./entries.js";
import { failed, succeeded } from "./outcomes.js";
import { DeliveryWorld, lines, type Meta } from "./world.js";

const ONCE = { retry: { ...DEFAULT_RETRY_POLICY, maxAttempts: 1 } };

/** Answers all but what somebody is in. */
const silentAbout =
  (name: string): Meta =>
  ({ request }) =>
    request.recordIdentities.includes(name) ? failed(request, "unknown") : succeeded(request);

const FILE = () => requests([person("a")], [person("b")]);

/** A world in which nobody knows what came of adding b. */
async function worldWithoutAnswer(): Promise<DeliveryWorld> {
  const world = new DeliveryWorld();
  await world.deliver(FILE(), silentAbout("b"), ONCE);
  return world;
}

/** The same file, in the middle of which an operator says something elsewhere. */
async function* interruptedBy(word: () => Promise<unknown>): AsyncGenerator<Planned> {
  const [first, ...rest] = FILE();
  if (first === undefined) throw new Error("the file has two requests");
  yield first;
  await word();
  yield* rest;
}

describe("a word on a request of people", () => {
  it.each(["skip", "retry"] as const)("is refused while its sync runs: %s", async (word) => {
    const world = await worldWithoutAnswer();
    const elsewhere = memoryStore(world.tables);
    const effects: unknown[] = [];
    await world.deliver(
      interruptedBy(async () => {
        effects.push(await elsewhere.ledger[word]("1-2", world.time.clock()));
      }),
    );
    expect(effects).toEqual([{ kind: "refused", because: "under_way" }]);
  });

  it("is taken back by a retry of the request that was sent in spite of it", async () => {
    const world = await worldWithoutAnswer();
    await world.store.ledger.skip("1-2", world.time.clock());
    await world.deliver(FILE(), silentAbout("b"), { ...ONCE, resume: false });
    await world.store.ledger.retry("2-2");
    expect(lines(await world.deliver(FILE()))).toContain("succeeded b");
  });

  it("is taken back by a retry of one of its parts", async () => {
    const world = new DeliveryWorld();
    const file = () => requests([person("a"), person("b")]);
    const meta: Meta = ({ n, request }) => failed(request, n === 0 ? "batch" : "unknown");
    await world.deliver(file(), meta, ONCE);
    await world.store.ledger.skip("1-1", world.time.clock());
    await world.store.ledger.retry("1-1/1");
    expect(lines(await world.deliver(file()))).toContain("succeeded a+b");
  });

  it("leaves the request unanswered, as it was, once it is taken back", async () => {
    const world = await worldWithoutAnswer();
    await world.store.ledger.skip("1-2", world.time.clock());
    await world.store.ledger.retry("1-2");
    expect(world.states()).toMatchObject({ "2": "unknown" });
  });
});
