/** What a seed stands for: how a history of mirrors is set up, before its first day. */
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { drawRetries, type Beginning, type Setting } from "../setting.js";
import type { Chance } from "../time/chance.js";

/**
 * Who has an identifier together: anybody with anybody, couples who keep what they have, or nobody. Of
 * chains of people Meta may take away some whom no record ties to the one who left.
 */
export type Sharing = "anybody" | "couples" | "nobody";

/** The setting of a history. */
export interface MirrorSchedule extends Setting {
  /** Whether people are removed who are not in the table; `operations: [upsert]` where they are not. */
  readonly removes: boolean;
  readonly sharing: Sharing;
  /** How many people the table begins with. */
  readonly people: number;
  /** The share of identifiers with which Meta finds something wrong. */
  readonly flawRate: number;
}

/** How long a history is. */
export const DAYS = 6;

/** How many audiences a history has at least. */
const LEAST_AUDIENCES = 2;

/** Draws a history for one kind of matching. */
export function drawMirrorSchedule(chance: Chance, matching: MatchingKind): MirrorSchedule {
  const count = chance.between(LEAST_AUDIENCES, 3);
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
    maxBodyBytes: LEAST_BYTES + chance.between(0, 6) * ROW_BYTES,
    sourceBatch: chance.between(3, 12),
    faultRates: { sends: chance.pick([0, 0.1, 0.2, 0.4]), others: chance.pick([0, 0.2, 0.4]) },
    crashRate: chance.pick([0, 0.2, 0.5, 0.8]),
    removes: chance.happens(0.85),
    sharing: chance.pick<Sharing>([matching === "cell" ? "anybody" : "couples", "nobody"]),
    people: chance.between(4, 9),
    flawRate: chance.pick([0, 0.08, 0.2]),
  };
}

/** Room for one record, whose rows are sent one by one, however the mapping was corrected. */
const LEAST_BYTES = 1_000;

/** What one row takes in a body that has every column. */
const ROW_BYTES = 160;
