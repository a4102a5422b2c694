import type { Dice } from "./dice.js";

/** The sample's own date; every time in the data is told from it. */
export const SAMPLE_NOW = "2026-04-30T12:00:00Z";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse(SAMPLE_NOW);

/** Berlin is two hours ahead of UTC on every date of the sample: summer time began on 29 March 2026. */
const BERLIN = 2 * HOUR;

const NO_TIMES = [
  "n/a",
  "yesterday",
  "30.04.2026 10:15",
  "2026-04-31 10:00:00",
  "2026-04-28 24:61:00",
  "0000-00-00 00:00:00",
] as const;

/** A local time in the last week, clear of both ends of it by half an hour and more. */
export function recentTime(dice: Dice): string {
  return write(NOW - HOUR / 2 - dice.below(7 * DAY - 4 * HOUR), dice);
}

/** A local time that Meta no longer accepts: 7 days and 2 hours to 27 days ago. */
export function oldTime(dice: Dice): string {
  return write(NOW - 7 * DAY - 2 * HOUR - dice.below(20 * DAY), dice);
}

/** What exports hold where a time should be. */
export function noTime(dice: Dice): string {
  return dice.pick(NO_TIMES);
}

/** A time of the last week moved on by a quarter of an hour; `undefined` for any other. */
export function laterTime(written: string): string | undefined {
  if (!/^2026-04-(2\d|30)[ T]([01]\d|2[0-3]):/.test(written)) return undefined;
  const wall = Date.parse(`${written.slice(0, 19).replace(" ", "T")}Z`) + 15 * 60_000;
  return new Date(wall).toISOString().slice(0, 19).replace("T", " ");
}

function write(instant: number, dice: Dice): string {
  const local = new Date(instant + BERLIN).toISOString();
  return dice.weighted([
    [90, local.slice(0, 19).replace("T", " ")],
    [6, local.slice(0, 19)],
    [4, local.slice(0, 23).replace("T", " ")],
  ]);
}
