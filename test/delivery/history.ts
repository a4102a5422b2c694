/** Histories of runs over records that add people to one audience and remove them. */
import fc from "fast-check";
import type { Outcome } from "../../src/core/outcome.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { BatchRow } from "../../src/store/memory/tables.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { Planned } from "../../src/planning/planner.js";
import { person, requests } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded } from "./outcomes.js";
import { DeliveryWorld, type Call } from "./world.js";

/** The records of one request: some people, added or removed. */
export interface Records {
  readonly operation: "upsert" | "remove";
  readonly people: readonly string[];
}

/** What becomes of one exchange; Meta may have carried it out whatever the process hears. */
export type Fate =
  | { readonly kind: "answered" }
  /** Meta takes it in halves. */
  | { readonly kind: "too_large" }
  | { readonly kind: "never_connected" }
  | { readonly kind: "lost" | "killed"; readonly applied: boolean };

/** What a person says between two runs. */
export type Word =
  | { readonly kind: "skip" | "retry"; readonly which: number }
  | { readonly kind: "nothing" | "distrust" | "retry_rejects" };

/** The records of the run after. */
export type Change =
  | { readonly kind: "same" }
  /** The first so many stay. */
  | { readonly kind: "then"; readonly kept: number; readonly more: readonly Records[] };

/** One run, and what is said before it. */
export interface Day {
  readonly word: Word;
  readonly change: Change;
  readonly fates: readonly Fate[];
}

/** Meta does not take this one until its rejects are retried. */
const BAD = "x";

const TARGET = "VIP";

/** Plays days one after the other, then runs without faults until one comes to its end. */
export class History {
  /** Whom the audience holds. */
  readonly held = new Set<string>();
  private readonly world = new DeliveryWorld();
  /** Requests that were sent although an operator had given them up. */
  private readonly sentAllTheSame: string[] = [];
  private readonly known = new Map<string, RequestPlan>();
  private file: readonly Records[] = [];
  private fates: Fate[] = [];
  private trustedSince = 0;
  private corrected = false;
  private isKilled = false;

  /** @param names whether Meta names a bad record, or refuses all that is with it */
  constructor(private readonly names: boolean) {}

  async play(days: readonly Day[]): Promise<void> {
    for (const { word, change, fates } of days) {
      await this.say(word);
      if (change.kind === "then") this.file = [...this.file.slice(0, change.kept), ...change.more];
      this.fates = [...fates];
      await this.run();
    }
    this.fates = [];
    for (let runs = 0; runs < MOST_RUNS; runs += 1) if (await this.run()) return;
    throw new Error("no run comes to its end");
  }

  /** People of whom the audience does not hold what the records say of them last, and broken words. */
  async wrong(): Promise<readonly string[]> {
    const records = (await this.sent()).flatMap(({ operation, people }) =>
      people.map((name) => ({ operation, name })),
    );
    const givenUp = new Set(
      this.givenUp().flatMap(({ operation, fingerprint }) =>
        (this.known.get(fingerprint)?.recordIdentities ?? []).map((name) => `${operation} ${name}`),
      ),
    );
    const people = [...new Set(records.map(({ name }) => name))];
    const wrong = people.filter((name) => {
      const own = records.filter((record) => record.name === name);
      const left = own.filter(({ operation }) => !givenUp.has(`${operation} ${name}`));
      const last = [own.at(-1), left.at(-1)].map((record) => record?.operation);
      // Where nothing is left of somebody, nothing can be told.
      return !last.some((operation) =>
        operation === undefined ? true : this.held.has(name) === (operation === "upsert"),
      );
    });
    return [...wrong, ...this.sentAllTheSame];
  }

  /** Tells whether the run came to its end. */
  private async run(): Promise<boolean> {
    this.isKilled = false;
    const since = this.trustedSince;
    try {
      const delivered = await this.world.deliver(await this.source(), this.answer, {
        retry: { ...DEFAULT_RETRY_POLICY, maxAttempts: 1 },
        trustedSince: () => Promise.resolve(since),
      });
      return !delivered.some(({ kind }) => kind === "stopped" || kind === "not_sent");
    } catch (error) {
      if (!this.wasKilled()) throw error;
      // Its lease falls with it.
      this.world.tables.leases.clear();
      return false;
    }
  }

  private wasKilled(): boolean {
    return this.isKilled;
  }

  private async source(): Promise<readonly Planned[]> {
    const records = await this.sent();
    const source = requests(
      ...records.map(({ operation, people }) =>
        people.map((name) => person(name, operation, [name], TARGET)),
      ),
    );
    for (const item of source) if (item.kind === "request") this.know(item.planned.request);
    return source;
  }

  /** The records less those that Meta refused. */
  private async sent(): Promise<readonly Records[]> {
    const rejects = await this.world.store.rejects.list({}, 9);
    const refusals = new Set(rejects.map((one) => `${one.operation} ${one.identity}`));
    return this.file
      .map(({ operation, people }) => ({
        operation,
        people: people.filter((name) => !refusals.has(`${operation} ${name}`)),
      }))
      .filter(({ people }) => people.length > 0);
  }

  private readonly answer = (call: Call): Outcome | Promise<Outcome> => {
    const { request } = call;
    this.know(request);
    this.noteWordOn(request);
    const fate = this.fates.shift() ?? { kind: "answered" };
    if (fate.kind === "never_connected") return neverConnected(request);
    if (fate.kind === "too_large") return failed(request, "batch");
    const outcome = this.outcomeOf(request);
    if (fate.kind === "answered" || fate.applied) this.apply(request, outcome);
    if (fate.kind === "answered") return outcome;
    if (fate.kind === "lost") return failed(request, "unknown");
    this.isKilled = true;
    return new Promise(() => undefined);
  };

  private outcomeOf(request: RequestPlan): Outcome {
    const place = request.recordIdentities.indexOf(BAD);
    if (this.corrected || place === -1 || request.operation === "remove") return succeeded(request);
    if (request.recordCount === 1 || !this.names) return refused(request, place);
    return inPart(request, 1, new Map([[BAD, "It is malformed."]]));
  }

  private apply({ operation, recordIdentities }: RequestPlan, outcome: Outcome): void {
    if (outcome.kind === "rejected") return;
    for (const name of recordIdentities)
      if (operation === "remove") this.held.delete(name);
      else if (outcome.kind === "succeeded" || name !== BAD) this.held.add(name);
  }

  private async say(word: Word): Promise<void> {
    const { store, tables, time } = this.world;
    if (word.kind === "distrust") {
      // Others have emptied the audience.
      this.held.clear();
      this.trustedSince = time.clock() + 1;
    }
    if (word.kind === "retry_rejects") {
      this.corrected = true;
      await store.rejects.retry({ origin: "meta" });
    }
    if (word.kind !== "skip" && word.kind !== "retry") return;
    const open = [...tables.batches.values()].filter(({ state }) => DECIDABLE.has(state));
    const batch = open.at(-1 - word.which);
    if (batch === undefined) return;
    if (word.kind === "retry") await store.ledger.retry(batch.batchId);
    else await store.ledger.skip(batch.batchId, time.clock());
  }

  /** A part is another request, though it may say the same. */
  private noteWordOn({ fingerprint }: RequestPlan): void {
    const sent = [...this.world.tables.batches.values()].find(({ state }) => state === "sending");
    if (sent === undefined || sent.parent !== undefined) return;
    const word = this.givenUp().find(
      (row) => row.position === sent.position && row.fingerprint === fingerprint,
    );
    if (word !== undefined) this.sentAllTheSame.push(word.batchId);
  }

  private givenUp(): readonly BatchRow[] {
    return [...this.world.tables.batches.values()].filter(({ state }) => state === "skipped");
  }

  private know(request: RequestPlan): void {
    this.known.set(request.fingerprint, request);
  }
}

const DECIDABLE: ReadonlySet<BatchRow["state"]> = new Set([
  "sending",
  "unknown",
  "failed",
  "rejected",
  "partially_succeeded",
  "split",
  "skipped",
]);

/** A run whose records differ from those of one that was interrupted sends nothing; the next sends all. */
const MOST_RUNS = 3;

const people = fc.uniqueArray(fc.constantFrom("a", "b", BAD), { minLength: 1, maxLength: 3 });

const records: fc.Arbitrary<Records> = fc.record({
  operation: fc.constantFrom("upsert" as const, "remove" as const),
  people,
});

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: "same" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("then" as const),
      kept: fc.nat(3),
      more: fc.array(records, { maxLength: 3 }),
    }),
  },
);

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "answered" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "never_connected" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "too_large" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("lost" as const, "killed" as const),
      applied: fc.boolean(),
    }),
  },
);

const word: fc.Arbitrary<Word> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("skip" as const, "skip" as const, "retry" as const),
    which: fc.nat(2),
  }),
  fc.record({
    kind: fc.constantFrom("nothing" as const, "distrust" as const, "retry_rejects" as const),
  }),
);

/** Some days. The first finds a file of its own. */
export const days: fc.Arbitrary<readonly Day[]> = fc.array(
  fc.record({ word, change, fates: fc.array(fate, { maxLength: 6 }) }),
  { minLength: 2, maxLength: 4 },
);
