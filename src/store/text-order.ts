/**
 * Compares texts one after the other by code points, which is how databases order UTF-8;
 * JavaScript's own order by UTF-16 units is another one.
 */
export function compareTexts(some: readonly string[], others: readonly string[]): number {
  for (const [index, text] of some.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(others[index] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}
