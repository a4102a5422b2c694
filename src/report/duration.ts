/**
 * How long something took, as people say it.
 *
 * @example duration(754_000) // "12 min 34 s"
 */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(whole % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** The same where parts of a second matter: `40 ms`. */
export function fineDuration(ms: number): string {
  return ms < 1000 ? `${String(Math.max(0, Math.round(ms)))} ms` : duration(ms);
}
