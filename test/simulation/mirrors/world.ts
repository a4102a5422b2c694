import type { DecodedRecord } from "../../../src/core/record.js";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { recordInput } from "../../../src/sync/record-input.js";
import type { RunInput } from "../../../src/sync/run-input.js";
import { inBatches, type Batches } from "../input.js";
import type { SourceState } from "../moments.js";
import type { ProcessPlan } from "../process.js";
import type { Flaws } from "../records/source.js";
import { Stage, type Witness } from "../stage.js";
import { Chance } from "../time/chance.js";
import { IdentifierPool } from "./identifiers.js";
import { MIRROR_INVARIANTS } from "./invariants/all.js";
import { PEOPLE_MAPPINGS, PEOPLE_VALUE_MAPPINGS } from "./mappings.js";
import { drawMirrorSchedule, type MirrorSchedule } from "./schedule.js";
import { Table } from "./table.js";

/** The sync of every history. */
const SYNC = "people";

const PLACE = { kind: "value", source: "simulation", path: "" } as const;

/** The stage of one history: a table that changes, and what Meta has of it. */
export class MirrorWorld extends Stage<MirrorSchedule> {
  readonly table: Table;

  constructor(seed: number, matching: MatchingKind, witness: Witness) {
    const chance = new Chance(seed);
    const schedule = drawMirrorSchedule(chance, matching);
    const flaws: Flaws = new Map();
    super(chance, schedule, flaws, witness);
    const { lanes, sharing, flawRate } = schedule;
    this.table = new Table(chance, lanes, new IdentifierPool(chance, sharing, flaws, flawRate));
    const { table } = this;
    this.watch(MIRROR_INVARIANTS, { ...this.facts(), members: () => table.records, flaws });
  }

  get sourceState(): SourceState {
    return { records: this.table.records, corrected: this.table.corrected };
  }

  /** What a sync file with `state` makes of the table. */
  input(read: Batches, { words }: ProcessPlan): RunInput<readonly DecodedRecord[]> {
    const { valueBased, removes } = this.schedule;
    const pair = valueBased ? PEOPLE_VALUE_MAPPINGS : PEOPLE_MAPPINGS;
    return {
      ...recordInput({
        mapping: this.table.corrected ? pair.corrected : pair.first,
        binding: this.binding,
        records: inBatches(read),
        now: this.time.clock(),
      }),
      sync: SYNC,
      wholeSource: true,
      mirror: {
        mode: removes ? "mirror" : "add",
        guardPercent: 30,
        refreshAfterSeconds: undefined,
        place: PLACE,
        ...words,
      },
    };
  }
}
