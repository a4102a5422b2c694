/**
 * The header `Retry-After` in milliseconds: seconds or a date. Meta documents no such header; a
 * proxy in between may still send one.
 *
 * @param now milliseconds since the epoch, to which a date is compared
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
