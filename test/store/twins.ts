/** Two stores that are asked the same, and have to answer the same. */
import { expect } from "vitest";
import { emptyTables } from "../../src/store/memory/tables.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { LedgerState, SettledState } from "../../src/store/ledger.js";
import type { Store } from "../../src/store/store.js";
import type { EventCandidate } from "../../src/store/event-states.js";
import {
  batch,
  candidate,
  digests,
  evidence,
  hex,
  HOUR,
  item,
  PIXEL,
  reject,
  start,
  T0,
} from "./rows.js";

export const SYNCS = ["orders", "visits"] as const;
/** Events with an even number are of the first pixel, the others of the second. */
export const PIXELS = [PIXEL, "300"] as const;

const DAY = 24 * HOUR;

/** The events of the two pixels go by pairs, which are the same but for their pixel. */
function eventOf(number: number, content: number): EventCandidate {
  return { ...candidate(number, content), routeKey: hex(Math.floor(number / 2)) };
}

/** A batch as the twins have planned it. */
interface Known {
  readonly batchId: string;
  readonly runId: number;
  state: LedgerState;
  attempts: number;
}

/** The memory store and another one, in one history that a delivery could have. */
export class Twins {
  private readonly tables = emptyTables();
  private memory = memoryStore(this.tables);
  private clock = T0;
  private run: { readonly runId: number; readonly sync: string } | undefined;
  private known: Known[] = [];
  private dry = 0;

  private constructor(
    private readonly open: () => Promise<Store>,
    private other: Store,
  ) {}

  /** @param open opens the other store, which keeps what it was told */
  static async open(open: () => Promise<Store>): Promise<Twins> {
    return new Twins(open, await open());
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
    this.run = { runId, sync };
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
    // The second pixel is one of stores as well.
    const maxAgeMs = (pixel === 0 ? 7 : 62) * DAY;
    const ofRun = known.filter(({ runId }) => runId === run.runId);
    const split = part ? ofRun.find(({ state }) => state === "split") : undefined;
    const planned = batch(run.runId, ofRun.length, {
      parent: split?.batchId,
      target: PIXELS[pixel] ?? PIXEL,
      itemCount: 2,
      items: own.map((number) => item(number, { ...eventOf(number, content), maxAgeMs })),
    });
    await this.both((store) => store.ledger.plan(planned));
    known.push({ batchId: planned.batchId, runId: run.runId, state: "pending", attempts: 0 });
  }

  async carry(state: "succeeded" | "skipped"): Promise<void> {
    const { run, known } = this;
    if (run === undefined) return;
    const place = known.filter(({ runId }) => runId === run.runId).length;
    const carried = { ...batch(run.runId, place, { itemCount: 2 }), state, settledAt: this.now() };
    await this.both((store) => store.ledger.carry([carried]));
    known.push({ batchId: carried.batchId, runId: run.runId, state, attempts: 1 });
  }

  /** The next attempt of a batch of this run, if one may follow. */
  async sending(which: number): Promise<void> {
    const row = this.pick(which, ["pending", "failed", "unknown"]);
    if (row === undefined) return;
    row.attempts += 1;
    row.state = "sending";
    const { batchId, attempts: attempt } = row;
    const at = this.now();
    await this.both((store) => store.ledger.sending({ batchId, attempt, at, deadline: at + 9 }));
  }

  async settle(which: number, state: SettledState, refused: readonly number[]): Promise<void> {
    const row = this.pick(which, ["sending"]);
    if (row === undefined) return;
    row.state = state;
    const { batchId, attempts: attempt } = row;
    const at = this.now();
    const rejects = refused.map((number) => reject(number, digests(number, number % 3)));
    const told = evidence({ summary: `Attempt ${String(attempt)} was ${state}.` });
    await this.both((store) =>
      store.ledger.settle({ batchId, state, at, attempt, evidence: told, rejects }),
    );
  }

  /** What a run, or a dry one, knows of some events. */
  async standings(numbers: readonly number[], content: number, dry: boolean): Promise<void> {
    this.dry -= 1;
    const runId = dry ? this.dry : this.run?.runId;
    if (runId === undefined) return;
    const sync = this.run?.sync ?? SYNCS[0];
    const candidates = numbers.map((number) => eventOf(number, content));
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
      for (const target of PIXELS) await this.both((store) => store.ledger.lane(sync, target, -1));
    const last = this.known.at(-1)?.batchId ?? "";
    await this.both((store) => store.ledger.attempts(last));
  }

  private pick(which: number, states: readonly LedgerState[]): Known | undefined {
    const fitting = this.known.filter(
      ({ runId, state }) => runId === this.run?.runId && states.includes(state),
    );
    return fitting[which % Math.max(fitting.length, 1)];
  }
}
