/** Everything that outlives a process in one schedule. */
import type { Binding } from "../../src/config/binding.js";
import { emptyTables, type MemoryTables } from "../../src/store/memory/tables.js";
import { INVARIANTS } from "./invariants/all.js";
import type { Facts } from "./invariants/invariant.js";
import { Knowledge } from "./knowledge.js";
import { Meta } from "./meta/meta.js";
import type { Emit, Moment, SourceState } from "./moments.js";
import type { FaultRates, Network } from "./network/exchange.js";
import { SendLog } from "./network/send-log.js";
import { EventMaker } from "./records/events.js";
import { PersonMaker } from "./records/people.js";
import { Source, type Flaws } from "./records/source.js";
import { bindingOf, drawSchedule, TIMEOUT_MS, type Schedule } from "./schedule.js";
import { Chance } from "./time/chance.js";
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

/** Hears of every moment of a schedule. */
export type Witness = (moment: Moment) => void;

/** The rates of a process in which nothing goes wrong. */
export const NO_FAULTS: FaultRates = { sends: 0, others: 0 };

const START = Date.UTC(2026, 0, 5);

export class World {
  readonly chance: Chance;
  readonly schedule: Schedule;
  readonly time = new VirtualTime(START);
  readonly tables: MemoryTables = emptyTables();
  readonly meta: Meta;
  readonly network: Network;
  readonly log: SendLog;
  readonly source: Source;
  readonly binding: Binding;
  corrected = false;
  onFailure: Binding["onFailure"];
  private readonly knowledge = new Knowledge();
  private readonly checks;
  private readonly trace: { readonly at: number; readonly moment: Moment }[] = [];

  constructor(
    seed: number,
    private readonly witness: Witness,
  ) {
    const chance = new Chance(seed);
    const schedule = drawSchedule(chance);
    const flaws: Flaws = new Map();
    this.chance = chance;
    this.schedule = schedule;
    this.onFailure = schedule.onFailure;
    this.meta = new Meta(schedule.matching, flaws);
    const { time, meta, emit } = this;
    this.network = { time, chance, meta, timeoutMs: TIMEOUT_MS, emit, faultRates: NO_FAULTS };
    this.log = new SendLog(this.tables);
    const Maker = schedule.surface === "events" ? EventMaker : PersonMaker;
    this.source = new Source(new Maker(chance, schedule.lanes, flaws, schedule.flawRate), chance);
    this.binding = bindingOf(schedule, this.beginnings());
    const facts = this.facts();
    this.checks = INVARIANTS.map((invariant) => ({ invariant, check: invariant.check(facts) }));
  }

  get sourceState(): SourceState {
    return { records: this.source.records, corrected: this.corrected };
  }

  readonly emit: Emit = (moment) => {
    this.trace.push({ at: this.time.clock(), moment });
    for (const { invariant, check } of this.checks) {
      const broken = check(moment);
      if (broken !== undefined) this.fail(`${invariant.number} (${invariant.says})`, broken);
    }
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

  private facts(): Facts {
    const { schedule, tables, meta, knowledge } = this;
    const source = () => this.sourceState;
    return { schedule, now: this.time.clock, tables, meta, knowledge, source };
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
