/** Everything that outlives a process, whatever its runs are about. */
import type { Binding } from "../../src/config/binding.js";
import type { DecodedRecord } from "../../src/core/record.js";
import { emptyTables, type MemoryTables } from "../../src/store/memory/tables.js";
import type { RunInput } from "../../src/sync/run-input.js";
import type { Batches } from "./input.js";
import type { Facts, Invariant } from "./invariants/invariant.js";
import { Knowledge } from "./knowledge.js";
import { Meta } from "./meta/meta.js";
import type { Emit, Moment, SourceState } from "./moments.js";
import type { FaultRates, Network } from "./network/exchange.js";
import { SendLog } from "./network/send-log.js";
import type { ProcessPlan } from "./process.js";
import type { Flaws } from "./records/source.js";
import { bindingOf, TIMEOUT_MS, type Setting } from "./setting.js";
import { memoryStores, type Stores } from "./stores.js";
import type { Chance } from "./time/chance.js";
import { VirtualTime } from "./time/virtual-time.js";
import { describe } from "./trace.js";

/** An invariant did not hold. */
export class BrokenInvariant extends Error {
  override readonly name = "BrokenInvariant";

  constructor(
    readonly invariant: string,
    readonly what: string,
    readonly trace: readonly string[],
  ) {
    super(`invariant ${invariant}: ${what}`);
  }
}

/** Hears of every moment. */
export type Witness = (moment: Moment) => void;

/** The rates of a process in which nothing goes wrong. */
export const NO_FAULTS: FaultRates = { sends: 0, others: 0 };

const START = Date.UTC(2026, 0, 5);

export abstract class Stage<S extends Setting = Setting> {
  readonly time = new VirtualTime(START);
  readonly tables: MemoryTables = emptyTables();
  readonly meta: Meta;
  readonly network: Network;
  readonly log: SendLog;
  readonly binding: Binding;
  onFailure: Binding["onFailure"];
  stores: Stores;
  protected readonly knowledge = new Knowledge();
  private checks: readonly ((moment: Moment) => void)[] = [];
  private readonly trace: { readonly at: number; readonly moment: Moment }[] = [];

  constructor(
    readonly chance: Chance,
    readonly schedule: S,
    flaws: Flaws,
    private readonly witness: Witness,
  ) {
    this.onFailure = schedule.onFailure;
    this.meta = new Meta(schedule.matching, flaws);
    const { time, meta, emit } = this;
    this.network = { time, chance, meta, timeoutMs: TIMEOUT_MS, emit, faultRates: NO_FAULTS };
    this.log = new SendLog(this.tables);
    this.stores = memoryStores(this.tables);
    this.binding = bindingOf(schedule, this.beginnings());
  }

  /** What the next run is called. */
  get sync(): string {
    return `a process over ${this.schedule.surface}`;
  }

  /** Whoever was to be suppressed is. */
  suppressed(): void {
    throw new TypeError("nobody is erased here");
  }

  /** What the next run reads. */
  abstract get sourceState(): SourceState;

  /** What a run over the source is of. */
  abstract input(read: Batches, plan: ProcessPlan): RunInput<readonly DecodedRecord[]>;

  /** What has to hold from now on. */
  protected watch<F extends Facts>(invariants: readonly Invariant<F>[], facts: F): void {
    this.checks = invariants.map((invariant) => {
      const check = invariant.check(facts);
      return (moment) => {
        const broken = check(moment);
        if (broken !== undefined) this.fail(`${invariant.number} (${invariant.says})`, broken);
      };
    });
  }

  protected facts(): Facts & { readonly schedule: S } {
    const { schedule, tables, meta, knowledge } = this;
    const source = () => this.sourceState;
    return { schedule, now: this.time.clock, tables, meta, knowledge, source };
  }

  readonly emit: Emit = (moment) => {
    this.trace.push({ at: this.time.clock(), moment });
    for (const check of this.checks) check(moment);
    this.knowledge.note(moment);
    if (moment.kind === "answered") this.log.heard(moment.heard);
    this.witness(moment);
  };

  /** The first invariant that was broken: what was thrown for it may have been caught. */
  broken: BrokenInvariant | undefined;

  fail(invariant: string, what: string): never {
    const lines = this.trace.map(
      ({ at, moment }) => `${new Date(at).toISOString()} ${describe(moment)}`,
    );
    this.broken ??= new BrokenInvariant(invariant, what, lines);
    throw this.broken;
  }

  /** Some audiences exist, some of them are named in the binding, and the others are to be created. */
  private beginnings(): ReadonlyMap<string, string> {
    const { surface, lanes, beginnings, valueBased } = this.schedule;
    const mapped = new Map<string, string>();
    if (surface === "events") return mapped;
    for (const [place, lane] of lanes.entries()) {
      if (beginnings[place] === "new") continue;
      const { id } = this.meta.addAudience(lane, valueBased);
      if (beginnings[place] === "mapped") mapped.set(lane, id);
    }
    return mapped;
  }
}
