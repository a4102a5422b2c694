/** Two stores that are asked the same, and have to answer the same. */
import { expect } from "vitest";
import { emptyTables } from "../../src/store/memory/tables.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { LedgerState, SettledState } from "../../src/store/ledger.js";
import type { Change } from "../../src/store/members.js";
import type { NewReject } from "../../src/store/rejects.js";
import type { Store } from "../../src/store/store.js";
import { batch, digests, evidence, PIXEL, reject, start, T0 } from "./rows.js";
import { DAY, eventOf, itemOf, PIXELS } from "./twin-events.js";
import { changesOf, refusalOf } from "./member-rows.js";
import { rangeWithin, type Mirror, type MirrorRequest, type Sends } from "./mirror-steps.js";
import { laneOf } from "./rows.js";

export const SYNCS = ["orders", "visits"] as const;

/** What most of a history is about. */
export const ABOUT = ["events", "members"] as const;

/** One of {@link ABOUT}. */
export type About = (typeof ABOUT)[number];

/** A batch as the twins have planned it. */
interface Known {
  readonly batchId: string;
  readonly runId: number;
  /** Whether it is of a mirror. */
  readonly mirrors: boolean;
  state: LedgerState;
  attempts: number;
}

/** A run of the twins. */
interface TwinRun {
  readonly runId: number;
  readonly sync: string;
  /** What it has to change, once that is begun. */
  begun: readonly Change[] | undefined;
}

/** The memory store and another one, in one history that a delivery could have. */
export class Twins {
  private readonly tables = emptyTables();
  private memory = memoryStore(this.tables);
  private clock = T0;
  private run: TwinRun | undefined;
  private known: Known[] = [];
  private dry = 0;

  private constructor(
    private readonly open: () => Promise<Store>,
    private other: Store,
    private readonly about: About,
  ) {}

  /**
   * @param open opens the other store, which keeps what it was told
   * @param about what it is asked about
   */
  static async open(open: () => Promise<Store>, about: About): Promise<Twins> {
    return new Twins(open, await open(), about);
  }

  /** Asks both; gives what both answered. */
  async both<T>(ask: (store: Store) => Promise<T>): Promise<T> {
    const expected = await ask(this.memory);
    expect(await ask(this.other)).toEqual(expected);
    return expected;
  }

  /** An instant of their own for each step. */
  now(): number {
    this.clock += 1_000;
    return this.clock;
  }

  /** Days go by. */
  pass(days: number): void {
    this.clock += days * DAY;
  }

  /** The process ends, and another one opens the store. */
  async reopen(): Promise<void> {
    await this.other.close();
    await this.memory.close();
    this.other = await this.open();
    this.memory = memoryStore(this.tables);
    this.run = undefined;
  }

  async close(): Promise<void> {
    await this.other.close();
  }

  async start(sync: string): Promise<void> {
    const startedAt = this.now();
    const runId = await this.both((store) => start(store, startedAt, sync));
    this.run = { runId, sync, begun: undefined };
  }

  async end(): Promise<void> {
    const { run } = this;
    if (run === undefined) return;
    const at = this.now();
    await this.both((store) => store.runs.end(run.runId, "failed", at, "{}"));
    this.run = undefined;
  }

  async plan(numbers: readonly number[], content: number, part: boolean): Promise<void> {
    const { run, known } = this;
    if (run === undefined) return;
    const pixel = (numbers[0] ?? 0) % 2;
    const own = numbers.filter((number) => number % 2 === pixel);
    const planned = batch(run.runId, this.ofRun().length, {
      parent: part ? this.splitBatch(false) : undefined,
      target: PIXELS[pixel] ?? PIXEL,
      itemCount: 2,
      items: own.map((number) => itemOf(number, content)),
    });
    await this.both((store) => store.ledger.plan(planned));
    const { batchId } = planned;
    known.push({ batchId, runId: run.runId, mirrors: false, state: "pending", attempts: 0 });
  }

  async carry(state: "succeeded" | "skipped"): Promise<void> {
    const { run, known } = this;
    if (run === undefined) return;
    const place = this.ofRun().length;
    const carried = { ...batch(run.runId, place, { itemCount: 2 }), state, settledAt: this.now() };
    await this.both((store) => store.ledger.carry([carried]));
    const { batchId } = carried;
    known.push({ batchId, runId: run.runId, mirrors: false, state, attempts: 1 });
  }

  /** The next attempt of a batch of this run, if one may follow. */
  async sending(which: number): Promise<void> {
    const row = this.pick(which, ["pending", "failed", "unknown"]);
    if (row !== undefined) await this.send(row);
  }

  private async send(row: Known): Promise<void> {
    row.attempts += 1;
    row.state = "sending";
    const { batchId, attempts: attempt } = row;
    const at = this.now();
    await this.both((store) => store.ledger.sending({ batchId, attempt, at, deadline: at + 9 }));
  }

  async settle(which: number, state: SettledState, refused: readonly number[]): Promise<void> {
    const row = this.pick(which, ["sending"]);
    if (row !== undefined) await this.settleRow(row, state, refused);
  }

  private async settleRow(
    row: Known,
    state: SettledState,
    refused: readonly number[],
  ): Promise<void> {
    row.state = state;
    const { batchId, attempts: attempt } = row;
    const at = this.now();
    const rejects = row.mirrors
      ? this.refusedChanges(refused)
      : refused.map((number) => reject(number, digests(number, number % 3)));
    const told = evidence({ summary: `Attempt ${String(attempt)} was ${state}.` });
    await this.both((store) =>
      store.ledger.settle({ batchId, state, at, attempt, evidence: told, rejects }),
    );
  }

  /** Looks at what is to be changed, and perhaps begins it. */
  async mirror({ wanted, dry, begins, ...comparison }: Mirror): Promise<void> {
    const { run } = this;
    const sync = run?.sync ?? SYNCS[0];
    const begun = dry || run?.begun !== undefined ? undefined : run;
    const targets = comparison.audiences
      .filter(({ audienceId }) => audienceId !== undefined)
      .slice(0, begins)
      .map(({ target }) => target);
    const found = await this.both(async (store) => {
      const staging = await store.members.stage();
      for (const member of wanted) await staging.add([member]);
      const staged = [await staging.targets(), await staging.repeated()];
      const difference = await staging.compare({ sync, ...comparison });
      const changes = await changesOf(difference);
      const taken = begun === undefined ? [] : await difference.begin(begun.runId, targets);
      await staging.close();
      return { staged, audiences: difference.audiences, changes, taken };
    });
    if (begun !== undefined) begun.begun = found.changes;
  }

  /** A whole run: sends everything that is to be removed, then what is to be added; looks at what is left. */
  async mirrorWhole(sync: string, mirror: Mirror, sends: readonly Sends[]): Promise<void> {
    await this.start(sync);
    await this.mirror({ ...mirror, dry: false });
    for (const { operation, state, refused } of sends) {
      const changes = (this.run?.begun ?? [])
        .filter((change) => change.operation === operation)
        .map(({ place }) => [place, 0] as const);
      if (changes.length > 0)
        await this.request({ changes, operation: "upsert", part: false, state, refused });
    }
    await this.end();
    await this.mirror({ ...mirror, dry: true });
  }

  /** Sends some of the changes that the run has begun. */
  async request({ changes, operation, part, state, refused }: MirrorRequest): Promise<void> {
    const { run, known } = this;
    const count = run?.begun?.length ?? 0;
    if (run === undefined || count === 0) return;
    const planned = batch(run.runId, this.ofRun().length, {
      surface: "custom_audiences",
      operation,
      target: PIXELS[0],
      parent: part ? this.splitBatch(true) : undefined,
      changes: changes.map(([from, more]) => rangeWithin(count, from, more)),
    });
    await this.both((store) => store.ledger.plan(planned));
    const { batchId, runId } = planned;
    const row: Known = { batchId, runId, mirrors: true, state: "pending", attempts: 0 };
    known.push(row);
    if (state === "pending") return;
    await this.send(row);
    if (state !== "sending") await this.settleRow(row, state, refused);
  }

  /** What a run, or a dry one, knows of some events. */
  async standings(numbers: readonly number[], content: number, dry: boolean): Promise<void> {
    this.dry -= 1;
    const runId = dry ? this.dry : this.run?.runId;
    if (runId === undefined) return;
    const sync = this.run?.sync ?? SYNCS[0];
    const candidates = numbers.map((number) => eventOf(number, content));
    await this.both((store) => store.events.lateStandings(runId, sync, candidates));
    await this.both((store) => store.events.standings(runId, sync, candidates));
    await this.both((store) => store.rejects.standing(sync, candidates));
  }

  async noteLocal(numbers: readonly number[], content: number, whole: boolean): Promise<void> {
    const { run } = this;
    if (run === undefined) return;
    const { runId, sync } = run;
    const at = this.now();
    const noted = numbers.map((number) => reject(number, digests(number, content)));
    await this.both((store) => store.rejects.noteLocal(runId, sync, noted, at));
    if (whole) await this.both((store) => store.rejects.dropStaleLocal(runId, sync));
  }

  /** An operator speaks when no run is under way. */
  async lever(which: number, word: "retry" | "skip"): Promise<void> {
    await this.end();
    const batchId = this.known[which % Math.max(this.known.length, 1)]?.batchId ?? "9-9";
    const at = this.now();
    await this.both((store) =>
      word === "retry" ? store.ledger.retry(batchId) : store.ledger.skip(batchId, at),
    );
  }

  /** Everything that can be read. */
  async compare(): Promise<void> {
    const at = this.clock;
    await this.both((store) => store.runs.list(9));
    await this.both((store) => store.ledger.list({ limit: 99 }));
    await this.both((store) => store.ledger.list({ limit: 3, sync: "visits", states: ["failed"] }));
    await this.both((store) => store.events.counts(at));
    await this.both((store) => store.rejects.list({}, 99));
    await this.both((store) => store.rejects.counts({}));
    await this.both((store) => store.targets.list());
    for (const sync of SYNCS) await this.both((store) => store.runs.past(sync));
    for (const sync of SYNCS)
      for (const target of PIXELS)
        await this.both((store) => store.ledger.lane(laneOf(sync, target, -1)));
    if (this.about === "members") await this.both((store) => store.members.audiences());
    const last = this.known.at(-1)?.batchId ?? "";
    await this.both((store) => store.ledger.attempts(last));
  }

  private ofRun(): readonly Known[] {
    return this.known.filter(({ runId }) => runId === this.run?.runId);
  }

  private splitBatch(mirrored: boolean): string | undefined {
    const split = this.ofRun().filter(({ state }) => state === "split");
    return split.find(({ mirrors }) => mirrors === mirrored)?.batchId;
  }

  private refusedChanges(numbers: readonly number[]): readonly NewReject[] {
    const begun = this.run?.begun ?? [];
    const refused = new Set(numbers.map((number) => begun[number % begun.length]));
    return [...refused].flatMap((change) => (change === undefined ? [] : [refusalOf(change)]));
  }

  private pick(which: number, states: readonly LedgerState[]): Known | undefined {
    const fitting = this.ofRun().filter(({ state }) => states.includes(state));
    return fitting[which % Math.max(fitting.length, 1)];
  }
}
