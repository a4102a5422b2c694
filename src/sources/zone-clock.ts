import { tzOffset } from "@date-fns/tz";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Zones change their offset on a quarter of an hour. */
const QUARTER = 15 * MINUTE;
const REMEMBERED = 20_000;

/**
 * Makes a function from a wall-clock time (in milliseconds, as if it were UTC) to its instant.
 *
 * When clocks are set back, an hour happens twice: the first is taken. When they are set forward,
 * an hour is left out: a time in it is taken as if the clocks had not been set yet, so that 02:30
 * becomes 03:30.
 *
 * @param zone an IANA name
 */
export function zoneClock(zone: string): (wall: number) => number {
  const offsetAt = rememberedOffsets(zone);
  return (wall) => {
    // A day is more than any offset: one of these is before, the other after a change near by.
    const before = wall - offsetAt(wall - DAY);
    const after = wall - offsetAt(wall + DAY);
    if (before === after || before + offsetAt(before) === wall) return before;
    return after + offsetAt(after) === wall ? after : before;
  };
}

/** Looking up an offset takes microseconds, and rows are close in time. */
function rememberedOffsets(zone: string): (instant: number) => number {
  const offsets = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = tzOffset(zone, new Date(quarter * QUARTER)) * MINUTE;
    if (offsets.size >= REMEMBERED) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  };
}
