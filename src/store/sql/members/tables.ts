/** The tables about members, as both engines have them; and those that a comparison makes. */

/** A table of a comparison, and the query of its rows. */
export type Table = readonly [name: string, rows: string];

/** Columns that a held row and a change have in common; `item_id` of a held row is that of its removal. */
const ROW = (text: string, rowId = "UUID") => `
    audience_no INTEGER NOT NULL, row_id ${rowId} NOT NULL, member UUID NOT NULL, item_id UUID NOT NULL,
    content_digest UUID NOT NULL, attributes_digest UUID NOT NULL, keys UUID[] NOT NULL,
    key_count INTEGER NOT NULL, cells ${text} NOT NULL, identity ${text} NOT NULL`;

/** The names of {@link ROW}'s columns. */
export const ROW_COLUMNS =
  "audience_no, row_id, member, item_id, content_digest, attributes_digest, keys, key_count, cells, identity";

/** The id under which the removal of a row is refused; see `removal-id.ts`. */
export function removalId(audienceId: string, rowId: string): string {
  const digits = `replace(CAST(${rowId} AS VARCHAR), '-', '')`;
  return `CAST(md5(${audienceId} || ' ' || ${digits}) AS UUID)`;
}

/**
 * The tables, made by a migration. An audience goes by a number, so that no text is joined. A change
 * lives until its batch is folded and its run has ended; which batches are a mirror's stays known.
 *
 * @param text the engine's type of a text that compares by code points
 * @param heldId its type of the id by which held rows are found
 */
export function memberTables(text: string, heldId = "UUID"): readonly string[] {
  return [
    `CREATE TABLE audiences (
      audience_no INTEGER NOT NULL, audience_id ${text} NOT NULL, target ${text} NOT NULL,
      owner ${text} NOT NULL)`,
    `CREATE TABLE members (${ROW(text, heldId)}, confirmed_at BIGINT)`,
    `CREATE TABLE changes (
      run_id INTEGER NOT NULL, place INTEGER NOT NULL, operation ${text} NOT NULL,
      protected_keys UUID[], protected_count INTEGER NOT NULL,${ROW(text)})`,
    `CREATE TABLE batch_changes (
      batch_id ${text} NOT NULL, first_place INTEGER NOT NULL, last_place INTEGER NOT NULL)`,
    `CREATE TABLE refused_changes (batch_id ${text} NOT NULL, item_id UUID NOT NULL)`,
  ];
}

/** The schema version of both engines since when an audience knows how far somebody let it shrink. */
export const MAY_SHRINK_VERSION = 6;

/** What makes an audience know that. */
export const MAY_SHRINK: readonly string[] = [
  "ALTER TABLE audiences ADD COLUMN may_shrink_to INTEGER",
];

/** The schema version of both engines since when rows that have settled may stand beside the held ones. */
export const SETTLED_VERSION = 7;

/**
 * Makes room for them, as `settled-members.ts` tells. Of a row that is gone nothing but ids is there.
 *
 * @param text the engine's type of a text that compares by code points
 */
export function settledMembers(text: string): readonly string[] {
  return [
    `CREATE TABLE settled_members (
      audience_no INTEGER NOT NULL, row_id UUID NOT NULL, member UUID NOT NULL, item_id UUID NOT NULL,
      content_digest UUID NOT NULL, attributes_digest UUID NOT NULL, keys UUID[],
      key_count INTEGER NOT NULL, cells ${text}, identity ${text}, confirmed_at BIGINT,
      stays BOOLEAN NOT NULL, if_held BOOLEAN NOT NULL)`,
  ];
}

/** The owner of an audience that was released. */
export const NOBODY = "''";

/** What is wanted, a row for each row; `member_no` counts the records of the source. */
export const STAGED_ROWS = {
  name: "staged_rows",
  columns: `(
    target_no INTEGER, member_no INTEGER, row_id UUID, member UUID, item_id UUID,
    content_digest UUID, attributes_digest UUID, keys UUID[], key_count INTEGER, cells VARCHAR,
    attributes VARCHAR, identity VARCHAR)`,
};

/** What is compared, in the order of `target_index`; without a number nothing is held. */
export const COMPARED = {
  name: "compared",
  columns: `(
    target_index INTEGER, target_no INTEGER, audience_no INTEGER, trusted_since BIGINT,
    replaces BOOLEAN)`,
};

/** Keys that count as suppressed beside those that are. */
export const SUPPOSED = { name: "supposed", columns: "(key_cell UUID)" };
