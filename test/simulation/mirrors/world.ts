import type { DecodedRecord } from "../../../src/core/record.js";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { textOfKey } from "../../../src/core/identity.js";
import { ok } from "../../../src/core/result.js";
import { recordRows } from "../../../src/surfaces/record-rows.js";
import { recordInput } from "../../../src/sync/record-input.js";
import type { RunInput } from "../../../src/sync/run-input.js";
import type { CheckedMapping } from "../../../src/mapping/form.js";
import { inBatches, type Batches } from "../input.js";
import type { SourceState } from "../moments.js";
import type { ProcessPlan } from "../process.js";
import type { Flaws } from "../records/source.js";
import { Stage, type Witness } from "../stage.js";
import { Chance } from "../time/chance.js";
import { IdentifierPool } from "./identifiers.js";
import { MIRROR_INVARIANTS } from "./invariants/all.js";
import { PEOPLE_MAPPINGS, PEOPLE_VALUE_MAPPINGS } from "./mappings.js";
import type { MemberRecord } from "./member.js";
import { Rival, RIVAL } from "./rival.js";
import { drawMirrorSchedule, GUARD_PERCENT, type MirrorSchedule } from "./schedule.js";
import { Strangers } from "./strangers.js";
import { Table } from "./table.js";

/** The sync of every history. */
export const SYNC = "people";

const PLACE = { kind: "value", source: "simulation", path: "" } as const;

/** The stage of one history: a table that changes, and what Meta has of it. */
export class MirrorWorld extends Stage<MirrorSchedule> {
  readonly table: Table;
  readonly rival: Rival;
  readonly strangers: Strangers;
  /** Identifiers of people who were erased, as Meta has them. */
  readonly erased = new Set<string>();
  /** Of those who are about to be. */
  erasing: readonly string[] = [];
  private rivals = false;

  constructor(seed: number, matching: MatchingKind, witness: Witness) {
    const chance = new Chance(seed);
    const schedule = drawMirrorSchedule(chance, matching);
    const flaws: Flaws = new Map();
    super(chance, schedule, flaws, witness);
    const { lanes, sharing, flawRate } = schedule;
    this.table = new Table(chance, lanes, new IdentifierPool(chance, sharing, flaws, flawRate));
    this.rival = new Rival(chance, lanes);
    this.strangers = new Strangers(chance, this.meta);
    this.watch(MIRROR_INVARIANTS, {
      ...this.facts(),
      members: () => this.members,
      flaws,
      strangers: this.strangers.identifiers,
      erased: this.erased,
      sync: () => this.sync,
    });
  }

  override get sync(): string {
    return this.rivals ? RIVAL : SYNC;
  }

  get sourceState(): SourceState {
    return { records: this.members, corrected: this.table.corrected };
  }

  /** Lets the other sync run meanwhile. */
  async asRival<T>(run: () => Promise<T>): Promise<T> {
    this.rivals = true;
    try {
      return await run();
    } finally {
      this.rivals = false;
    }
  }

  override suppressed(): void {
    for (const identifier of this.erasing) this.erased.add(identifier);
    this.emit({ kind: "suppressed", identifiers: this.erasing });
  }

  get mapping(): CheckedMapping {
    const pair = this.schedule.valueBased ? PEOPLE_VALUE_MAPPINGS : PEOPLE_MAPPINGS;
    return this.table.corrected ? pair.corrected : pair.first;
  }

  /** What a sync file with `state` makes of the table. */
  input(read: Batches, { words }: ProcessPlan): RunInput<readonly DecodedRecord[]> {
    return {
      ...recordInput({
        mapping: this.mapping,
        binding: this.binding,
        records: inBatches(read),
        now: this.time.clock(),
      }),
      rows: rowsOfPeople,
      sync: this.sync,
      wholeSource: true,
      mirror: {
        mode: this.rivals ? "mirror" : this.schedule.mode,
        guardPercent: GUARD_PERCENT,
        refreshAfterSeconds: undefined,
        place: PLACE,
        ...words,
      },
    };
  }

  /** Who is erased is in no audience, whatever the table says. */
  private get members(): readonly MemberRecord[] {
    const { table, rival, erased } = this;
    const records = this.rivals ? rival.records(table.corrected) : table.records;
    if (erased.size === 0) return records;
    return records.map((record) =>
      record.fate === "sent" && record.cells.some((cell) => erased.has(cell))
        ? { ...record, fate: "suppressed" }
        : record,
    );
  }
}

/** Records that tell who a person is, whatever the audience, as the rows of a sync file do. */
function rowsOfPeople(...of: Parameters<typeof recordRows>): ReturnType<typeof recordRows> {
  const rows = recordRows(...of);
  return {
    ...rows,
    envelope: (batch, index) => {
      const envelope = rows.envelope(batch, index);
      const record = batch[index];
      if (!envelope.ok || record?.ok !== true) return envelope;
      return ok({ ...envelope.value, member: textOfKey(record.value.key) });
    },
  };
}
