/** The stage of one schedule: records that say what to do, or events, in a source that grows. */
import type { DecodedRecord } from "../../src/core/record.js";
import type { RunInput } from "../../src/sync/run-input.js";
import { inputOf, type Batches } from "./input.js";
import { INVARIANTS } from "./invariants/all.js";
import type { SourceState } from "./moments.js";
import { EventMaker } from "./records/events.js";
import { PersonMaker } from "./records/people.js";
import { Source, type Flaws } from "./records/source.js";
import { drawSchedule, type Schedule } from "./schedule.js";
import { Stage, type Witness } from "./stage.js";
import { Chance } from "./time/chance.js";

export class World extends Stage<Schedule> {
  readonly source: Source;
  corrected = false;

  constructor(seed: number, witness: Witness) {
    const chance = new Chance(seed);
    const schedule = drawSchedule(chance);
    const flaws: Flaws = new Map();
    super(chance, schedule, flaws, witness);
    const Maker = schedule.surface === "events" ? EventMaker : PersonMaker;
    this.source = new Source(new Maker(chance, schedule.lanes, flaws, schedule.flawRate), chance);
    this.watch(INVARIANTS, this.facts());
  }

  get sourceState(): SourceState {
    return { records: this.source.records, corrected: this.corrected };
  }

  input(read: Batches): RunInput<readonly DecodedRecord[]> {
    return inputOf(this, read);
  }
}
