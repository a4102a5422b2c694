/**
 * Events that the store does not know as delivered, as they are or as they will be once everything is
 * folded; a table of a statement.
 */
export function undelivered(ahead: boolean): string {
  const open = "SELECT * FROM events WHERE confirmed_at IS NULL";
  const changed = "EXISTS (SELECT 1 FROM ahead WHERE ahead.item_id = events.item_id)";
  return ahead ? `(${open} AND NOT ${changed} UNION ALL SELECT * FROM ahead)` : `(${open})`;
}
