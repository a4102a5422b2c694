/**
 * The tables of a store. An item id is unique over all pixels and audiences, so that one 128-bit key
 * joins (two keys, one of them text, take three times as long). Instants are milliseconds since the epoch;
 * 32 hex digits are a UUID.
 */
export const TABLES: readonly string[] = [
  `CREATE TABLE runs (
    run_id INTEGER NOT NULL, sync VARCHAR NOT NULL, surface VARCHAR NOT NULL,
    started_at BIGINT NOT NULL, holder VARCHAR NOT NULL,
    ended_at BIGINT, status VARCHAR, report VARCHAR)`,
  `CREATE TABLE targets (
    ad_account_id VARCHAR NOT NULL, target VARCHAR NOT NULL, audience_id VARCHAR,
    created_by_us BOOLEAN NOT NULL, trusted_since BIGINT NOT NULL, checked_at BIGINT NOT NULL)`,
  `CREATE TABLE batches (
    batch_no BIGINT NOT NULL, batch_id VARCHAR NOT NULL, run_id INTEGER NOT NULL,
    sync VARCHAR NOT NULL, parent VARCHAR, position INTEGER NOT NULL, surface VARCHAR NOT NULL,
    operation VARCHAR NOT NULL, target VARCHAR NOT NULL, path VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL, records INTEGER NOT NULL, item_count INTEGER NOT NULL,
    state VARCHAR NOT NULL, first_sent_at BIGINT, settled_at BIGINT, folded BOOLEAN NOT NULL)`,
  `CREATE TABLE attempts (
    batch_id VARCHAR NOT NULL, attempt INTEGER NOT NULL, sent_at BIGINT NOT NULL,
    deadline BIGINT NOT NULL, settled_at BIGINT, evidence VARCHAR)`,
  // Lives until its batch is folded.
  `CREATE TABLE batch_items (
    batch_id VARCHAR NOT NULL, item_id UUID NOT NULL, content_digest UUID NOT NULL,
    identity VARCHAR NOT NULL, event_time BIGINT NOT NULL, first_sent_at BIGINT,
    repeat_safe_ms BIGINT NOT NULL)`,
  // The identity is kept while somebody may have to be told about the event.
  `CREATE TABLE events (
    pixel_id VARCHAR NOT NULL, item_id UUID NOT NULL, content_digest UUID NOT NULL,
    identity VARCHAR, event_time BIGINT NOT NULL, first_sent_at BIGINT,
    repeat_safe_until BIGINT, confirmed_at BIGINT, batch_id VARCHAR NOT NULL)`,
  `CREATE TABLE rejects (
    sync VARCHAR NOT NULL, scope VARCHAR NOT NULL, item_id UUID NOT NULL,
    content_digest UUID NOT NULL, operation VARCHAR NOT NULL, identity VARCHAR NOT NULL,
    code VARCHAR NOT NULL, field VARCHAR NOT NULL, message VARCHAR NOT NULL, batch_id VARCHAR,
    origin VARCHAR NOT NULL, created_at BIGINT NOT NULL, first_run_id INTEGER, run_id INTEGER)`,
];
