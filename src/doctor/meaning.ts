/** What a code of Meta's means, by a table of the spec; the number itself for one that it lacks. */
export function meaningOf(meanings: Readonly<Record<string, string>>, code: number): string {
  const own = Object.entries(meanings).find(([known]) => known === String(code));
  return own?.[1] ?? `status ${String(code)}`;
}
