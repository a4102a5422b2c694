/** An instant as people read it, in UTC and whole seconds: `2026-04-30T12:00:00Z`. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The same in a table, where an instant may be missing. */
export function instantOrBlank(ms: number | undefined): string {
  return ms === undefined ? "" : instant(ms);
}
