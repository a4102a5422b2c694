/** Whatever Meta says: every record and every request comes to exactly one end. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Delivered } from "../../src/delivery/delivered.js";
import { ResultCounter } from "../../src/delivery/result-counter.js";
import { newRunResult, type RunResult } from "../../src/delivery/run-result.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { FailurePolicy } from "../../src/delivery/run-gate.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { Entry } from "../../src/surfaces/entry.js";
import { event, HOUR, NOW, person, requests } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded, throttled } from "./outcomes.js";
import { after, DeliveryWorld, type Call, type Meta } from "./world.js";

/** What Meta may say, by name. */
const WORDS = {
  takes: ({ request }: Call) => succeeded(request),
  "takes in part": ({ request }: Call) =>
    request.surface === "events"
      ? succeeded(request)
      : inPart(request, 1, new Map([[request.recordIdentities[0] ?? "", "not hashed"]])),
  refuses: ({ request }: Call) => refused(request),
  "refuses the second": ({ request }: Call) => refused(request, 1),
  "refuses all": ({ request }: Call) =>
    request.surface === "events"
      ? refused(request)
      : failed(request, "record", {}, { kind: "all", cells: new Map() }),
  "finds it too large": ({ request }: Call) => failed(request, "batch"),
  "does not understand": ({ request }: Call) => failed(request, "request"),
  "takes nothing for the target": ({ request }: Call) => failed(request, "target"),
  forbids: ({ request }: Call) => failed(request, "account"),
  throttles: ({ request }: Call) => throttled(request, 10 * 60_000),
  "is in trouble": ({ request }: Call) => failed(request, "transient"),
  "is not there": ({ request }: Call) => neverConnected(request),
  "is not heard": ({ request }: Call) => failed(request, "unknown"),
} satisfies Readonly<Record<string, Meta>>;

type Word = keyof typeof WORDS;

/** Mostly it takes what it is sent, or there would be little to see. */
const word: fc.Arbitrary<Word> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Word>("takes") },
  { weight: 4, arbitrary: fc.constant<Word>("refuses") },
  { weight: 1, arbitrary: fc.constantFrom<Word>("forbids", "does not understand") },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Word>(
      "takes in part",
      "refuses the second",
      "refuses all",
      "finds it too large",
      "takes nothing for the target",
      "throttles",
      "is in trouble",
      "is not there",
      "is not heard",
    ),
  },
);

/** One record of a batch: an event that may be sent for so many minutes, or a person. */
function entry(surface: Entry["surface"], target: string, id: string, minutes: number): Entry {
  if (surface === "custom_audiences") return person(id, "upsert", [id, `${id}'`], target);
  const limit = 7 * 24 * HOUR - 10 * 60_000;
  return event(id, { event_time: (NOW + minutes * 60_000 - limit) / 1000 }, target);
}

const deliveries = fc.record({
  surface: fc.constantFrom<Entry["surface"]>("events", "custom_audiences"),
  /** Each batch: its target and for how many minutes its records may be sent. */
  batches: fc.array(
    fc.tuple(
      fc.constantFrom("1", "2"),
      fc.array(fc.constantFrom(5, 15, 600), { minLength: 1, maxLength: 9 }),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  words: fc.array(word, { maxLength: 60 }),
  onFailure: fc.constantFrom<FailurePolicy>("continue_on_any", "stop_on_terminal", "stop_on_any"),
  isolationBudget: fc.constantFrom(3, 150),
  runBudget: fc.constantFrom(2, 100),
  /** When the user interrupts, in seconds. */
  interrupted: fc.option(fc.integer({ min: 0, max: 1_200 })),
});

type Delivery = typeof deliveries extends fc.Arbitrary<infer T> ? T : never;

async function deliver(given: Delivery) {
  const { surface, batches, words, onFailure, isolationBudget, runBudget, interrupted } = given;
  const world = new DeliveryWorld();
  const controller = new AbortController();
  if (interrupted !== null)
    world.time.in(interrupted * 1_000, () => {
      controller.abort();
    });
  const entries = batches.map(([target, lasting], batch) =>
    lasting.map((minutes, index) => entry(surface, target, `${batch}-${index}`, minutes)),
  );
  const said: Meta = (call) => WORDS[words[call.n] ?? "takes"](call);
  const delivered = await world.deliver(
    requests(...entries),
    after(world, () => 50, said),
    {
      onFailure,
      interrupted: controller.signal,
      retry: { ...DEFAULT_RETRY_POLICY, isolationBudget, runBudget },
    },
  );
  return { world, delivered, records: entries.flat().length };
}

function counted(surface: Entry["surface"], delivered: readonly Delivered[]): RunResult {
  const counter = new ResultCounter(newRunResult(surface, false, emptyTally()));
  for (const one of delivered) counter.delivered(one);
  return counter.finish();
}

function sum(counts: Readonly<Record<string, number>> | readonly number[]): number {
  return Object.values<number>(counts).reduce((all, count) => all + count, 0);
}

const RUNS = { numRuns: 300 };

describe("whatever Meta says", () => {
  it("every record comes to exactly one end", async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (given) => {
        const { delivered, records } = await deliver(given);
        const { read, ...ends } = counted(given.surface, delivered).records;
        expect([read, sum(ends)]).toEqual([records, records]);
      }),
      RUNS,
    );
  });

  it("every request comes to exactly one end, and counts as often as it was tried", async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (given) => {
        const { world, delivered } = await deliver(given);
        const { planned, attempts, ...ends } = counted(given.surface, delivered).requests;
        expect(sum(ends)).toBe(planned);
        expect(attempts).toBe(world.calls.length);
      }),
      RUNS,
    );
  });

  it("the ledger is left with nothing open, and says of each request what the run counted", async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (given) => {
        const { world, delivered } = await deliver(given);
        const { records, requests: counts } = counted(given.surface, delivered);
        const rows = [...world.tables.batches.values()];
        const inState = (...states: readonly string[]) =>
          rows.filter(({ state }) => states.includes(state));
        expect(inState("pending", "sending")).toEqual([]);
        expect(inState("succeeded", "partially_succeeded")).toHaveLength(counts.acknowledged);
        expect(inState("unknown")).toHaveLength(counts.unknown);
        expect(sum(inState("unknown").map((row) => row.records))).toBe(records.unknown);
      }),
      RUNS,
    );
  });

  it("no two requests of a lane are open at once", async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (given) => {
        const { world } = await deliver(given);
        for (const target of ["1", "2"]) {
          const starts = world.calls
            .filter(({ request }) => request.target === target)
            .map(({ at }) => at);
          const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
          expect(gaps.every((gap) => gap >= 50)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
