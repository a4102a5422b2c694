import type { MemoryTables } from "../../../src/store/memory/tables.js";
import type { Knowledge } from "../knowledge.js";
import type { Meta } from "../meta/meta.js";
import type { Moment, SourceState } from "../moments.js";
import type { Schedule } from "../schedule.js";
import type { Setting } from "../setting.js";

/** What an invariant may look at. */
export interface Facts {
  readonly schedule: Setting;
  readonly now: () => number;
  readonly tables: MemoryTables;
  readonly meta: Meta;
  readonly knowledge: Knowledge;
  /** The source of the run under way, or of the last one. */
  readonly source: () => SourceState;
}

/** What those of a schedule may look at. */
export interface ScheduleFacts extends Facts {
  readonly schedule: Schedule;
}

/** Looks at a moment as it comes; gives in words what is broken by it. */
export type Check = (moment: Moment) => string | undefined;

/** Something that always holds. */
export interface Invariant<F extends Facts = Facts> {
  /** Its number in the list of delivery.md, or the word `end` for the state at the end. */
  readonly number: string;
  readonly says: string;
  /** Made anew for each schedule, since it may remember what it saw. */
  readonly check: (facts: F) => Check;
}
