/** Counts calls over the last 60 minutes, to the minute. */
export interface Meter {
  /** @param now Unix seconds */
  count(now: number): void;
  /** Calls that are still within the hour in so many minutes, if none is made meanwhile. */
  left(now: number, inMinutes: number): number;
}

const MINUTES = 60;

/** A meter that has counted nothing yet. */
export function createMeter(): Meter {
  const byMinute = new Map<number, number>();
  return {
    count: (now) => {
      const minute = minuteOf(now);
      for (const one of byMinute.keys()) if (one <= minute - MINUTES) byMinute.delete(one);
      byMinute.set(minute, (byMinute.get(minute) ?? 0) + 1);
    },
    left: (now, inMinutes) => {
      let sum = 0;
      for (const [one, count] of byMinute)
        if (one > minuteOf(now) + inMinutes - MINUTES) sum += count;
      return sum;
    },
  };
}

function minuteOf(now: number): number {
  return Math.floor(now / 60);
}
