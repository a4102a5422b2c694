/** What a seed stands for: how a history of mirrors is set up, before its first day. */
import type { MirrorMode } from "../../../src/config/sync-file.js";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { GUARDED_ROWS } from "../../../src/reconcile/removal-guard.js";
import { drawRetries, type Beginning, type Setting } from "../setting.js";
import type { Chance } from "../time/chance.js";

/**
 * Who has an identifier together: anybody with anybody, couples who keep what they have, or nobody. Of
 * chains of people Meta may take away some whom no record ties to the one who left.
 */
export type Sharing = "anybody" | "couples" | "nobody";

/** The setting of a history. */
export interface MirrorSchedule extends Setting {
  /** `add`: `operations: [upsert]`, so that nobody is removed who is not in the table. */
  readonly mode: MirrorMode;
  /** How many people come and go together with the first audience, enough for its guard; or nobody. */
  readonly crowd: number;
  /** Whether another sync wants people in an audience of this one, once in a while. */
  readonly rivalled: boolean;
  /** Whether Meta refuses removals that leave too few, on some days. */
  readonly keepsFew: boolean;
  /** Whether people are erased. */
  readonly erases: boolean;
  readonly sharing: Sharing;
  /** How many people the table begins with. */
  readonly people: number;
  /** The share of identifiers with which Meta finds something wrong. */
  readonly flawRate: number;
}

/** The guard of every sync here. */
export const GUARD_PERCENT = 30;

/** How long a history is. */
export const DAYS = 6;

/** How many audiences a history has at least. */
const LEAST_AUDIENCES = 2;

/** Draws a history for one kind of matching. */
export function drawMirrorSchedule(chance: Chance, matching: MatchingKind): MirrorSchedule {
  const count = chance.between(LEAST_AUDIENCES, 3);
  const crowd = chance.happens(0.02) ? CROWD : 0;
  const lanes = Array.from({ length: count }, (_, index) => `aud${String(index)}`);
  return {
    surface: "custom_audiences",
    lanes,
    beginnings: lanes.map(() => chance.pick<Beginning>(["mapped", "at_meta", "new"])),
    matching,
    valueBased: chance.happens(0.3),
    onFailure: chance.weighted([
      ["continue_on_any", 6],
      ["stop_on_terminal", 1],
      ["stop_on_any", 1],
    ]),
    concurrency: chance.between(1, 3),
    retry: drawRetries(chance),
    maxBodyBytes: crowd > 0 ? CROWD_BYTES : LEAST_BYTES + chance.between(0, 6) * ROW_BYTES,
    sourceBatch: chance.between(3, 12),
    faultRates: { sends: chance.pick([0, 0.1, 0.2, 0.4]), others: chance.pick([0, 0.2, 0.4]) },
    crashRate: chance.pick([0, 0.2, 0.5, 0.8]),
    mode: chance.weighted<MirrorMode>([
      ["mirror", 12],
      ["replace", 5],
      ["add", 3],
    ]),
    rivalled: chance.happens(0.3),
    keepsFew: chance.happens(0.3),
    erases: chance.happens(0.4),
    crowd,
    sharing: chance.pick<Sharing>([matching === "cell" ? "anybody" : "couples", "nobody"]),
    people: chance.between(4, 9),
    flawRate: chance.pick([0, 0.08, 0.2]),
  };
}

/** More than the rows below which a guard looks at nothing but an audience that is emptied. */
const CROWD = GUARDED_ROWS + 20;

/** Room for a good part of a crowd. */
const CROWD_BYTES = 10_000;

/** Room for one record, whose rows are sent one by one, however the mapping was corrected. */
const LEAST_BYTES = 1_000;

/** What one row takes in a body that has every column. */
const ROW_BYTES = 160;
