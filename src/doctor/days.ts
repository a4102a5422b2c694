const DAY_MS = 86_400_000;

/** How many days it is until an instant; both in milliseconds. Negative when it is past. */
export function daysUntil(at: number, now: number): number {
  return (at - now) / DAY_MS;
}

/** The instant at which a day of the calendar, as `2028-07-29`, has ended in UTC; in milliseconds. */
export function endOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY_MS;
}
