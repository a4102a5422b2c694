/**
 * The tables of a store on a server: those of a file, and who runs which sync. Texts compare by code
 * points, as everywhere.
 */
import { eventPast } from "../sql/event-past-schema.js";
import { memberTables } from "../sql/members/tables.js";
import { provenBy } from "../sql/proven-events.js";

/** Its type of a text that compares by code points. */
export const TEXT = 'TEXT COLLATE "C"';

const TABLES: readonly string[] = [
  // `token` is that of the lease under which it runs.
  `CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY, sync ${TEXT} NOT NULL, surface ${TEXT} NOT NULL,
    started_at BIGINT NOT NULL, holder ${TEXT} NOT NULL,
    ended_at BIGINT, status ${TEXT}, report ${TEXT}, token BIGINT NOT NULL)`,
  // A lock of that number says that somebody holds it; each take-over increases the token.
  `CREATE TABLE leases (
    sync ${TEXT} PRIMARY KEY, lease_no INTEGER GENERATED ALWAYS AS IDENTITY, token BIGINT NOT NULL,
    holder ${TEXT}, acquired_at BIGINT)`,
  `CREATE TABLE targets (
    ad_account_id ${TEXT} NOT NULL, target ${TEXT} NOT NULL, audience_id ${TEXT},
    created_by_us BOOLEAN NOT NULL, trusted_since BIGINT NOT NULL, checked_at BIGINT NOT NULL,
    PRIMARY KEY (ad_account_id, target))`,
  `CREATE TABLE batches (
    batch_no BIGINT NOT NULL, batch_id ${TEXT} PRIMARY KEY, run_id INTEGER NOT NULL,
    sync ${TEXT} NOT NULL, parent ${TEXT}, position INTEGER NOT NULL, surface ${TEXT} NOT NULL,
    operation ${TEXT} NOT NULL, target ${TEXT} NOT NULL, path ${TEXT} NOT NULL,
    fingerprint ${TEXT} NOT NULL, records INTEGER NOT NULL, item_count INTEGER NOT NULL,
    state ${TEXT} NOT NULL, first_sent_at BIGINT, settled_at BIGINT, folded BOOLEAN NOT NULL)`,
  `CREATE TABLE attempts (
    batch_id ${TEXT} NOT NULL, attempt INTEGER NOT NULL, sent_at BIGINT NOT NULL,
    deadline BIGINT NOT NULL, settled_at BIGINT, evidence ${TEXT}, PRIMARY KEY (batch_id, attempt))`,
  // Lives until its batch is folded.
  `CREATE TABLE batch_items (
    batch_id ${TEXT} NOT NULL, item_id UUID NOT NULL, content_digest UUID NOT NULL,
    identity ${TEXT} NOT NULL, event_time BIGINT NOT NULL, first_sent_at BIGINT,
    repeat_safe_ms BIGINT NOT NULL)`,
  // The identity is kept while somebody may have to be told about the event.
  `CREATE TABLE events (
    pixel_id ${TEXT} NOT NULL, item_id UUID PRIMARY KEY, content_digest UUID NOT NULL,
    identity ${TEXT}, event_time BIGINT NOT NULL, first_sent_at BIGINT,
    repeat_safe_until BIGINT, confirmed_at BIGINT, batch_id ${TEXT} NOT NULL)`,
  `CREATE TABLE rejects (
    sync ${TEXT} NOT NULL, scope ${TEXT} NOT NULL, item_id UUID NOT NULL,
    content_digest UUID NOT NULL, operation ${TEXT} NOT NULL, identity ${TEXT} NOT NULL,
    code ${TEXT} NOT NULL, field ${TEXT} NOT NULL, message ${TEXT} NOT NULL, batch_id ${TEXT},
    origin ${TEXT} NOT NULL, created_at BIGINT NOT NULL, first_run_id INTEGER, run_id INTEGER,
    PRIMARY KEY (sync, item_id))`,
];

const INDEXES: readonly string[] = [
  "CREATE INDEX ON runs (sync, run_id)",
  "CREATE INDEX ON batches (run_id, batch_no)",
  "CREATE INDEX ON batches (batch_no)",
  "CREATE INDEX ON batches (sync, target, run_id)",
  "CREATE INDEX ON batches (parent) WHERE parent IS NOT NULL",
  "CREATE INDEX ON batches (run_id) WHERE NOT folded",
  "CREATE INDEX ON batch_items (batch_id)",
  "CREATE INDEX ON events (batch_id) WHERE confirmed_at IS NULL",
  "CREATE INDEX ON rejects (item_id)",
  "CREATE INDEX ON rejects (batch_id)",
];

const VIEWS: readonly string[] = [
  // Runs that go on: nobody has taken over, and the lock of their lease is there.
  `CREATE VIEW live_runs AS
    SELECT r.run_id FROM runs r JOIN leases l ON l.sync = r.sync AND l.token = r.token
    WHERE r.status IS NULL AND l.lease_no IN (
      SELECT CAST(k.objid AS BIGINT) FROM pg_locks k
      WHERE k.locktype = 'advisory' AND k.granted AND k.objsubid = 2
        AND k.classid = CAST(CAST('leases' AS REGCLASS) AS OID)
        AND k.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))`,
];

/** Everything that version 1 has. */
export const SCHEMA_1: readonly string[] = [...TABLES, ...INDEXES, ...VIEWS];

/**
 * Events as they will be once everything is folded, as far as they differ from what is stored. Stores
 * up to version 2 have such a view of fewer columns.
 */
const AHEAD: readonly string[] = [
  "DROP VIEW IF EXISTS ahead",
  `CREATE VIEW ahead AS
    WITH proven AS (${provenBy("NOT folded")})
    SELECT p.pixel_id, p.item_id, p.content_digest, p.identity, p.event_time,
      coalesce(e.first_sent_at, p.first_sent_at) AS first_sent_at,
      CASE WHEN e.first_sent_at IS NULL THEN p.repeat_safe_until ELSE e.repeat_safe_until END
        AS repeat_safe_until,
      p.confirmed_at, p.batch_id, p.sync, p.route_key
    FROM proven p LEFT JOIN events e ON e.item_id = p.item_id WHERE e.confirmed_at IS NULL`,
];

/** What makes a store know the past of syncs. */
export const EVENT_PAST: readonly string[] = [
  ...eventPast(TEXT),
  "ALTER TABLE syncs ADD PRIMARY KEY (sync)",
  "CREATE INDEX ON events (route_key)",
  "CREATE INDEX ON events (sync, event_time)",
  ...AHEAD,
];

/** What version 3 has more: the members of audiences. */
export const SCHEMA_3: readonly string[] = [
  ...memberTables(TEXT),
  "ALTER TABLE audiences ADD PRIMARY KEY (audience_id)",
  "ALTER TABLE members ADD PRIMARY KEY (audience_no, row_id)",
  "ALTER TABLE changes ADD PRIMARY KEY (run_id, place)",
  "CREATE INDEX ON batch_changes (batch_id)",
  "CREATE INDEX ON refused_changes (batch_id)",
];

/** Tables to which rows are appended in bulk, with their columns in order. */
export const APPENDED: Readonly<Record<string, readonly string[]>> = {
  batch_items: [
    "batch_id",
    "item_id",
    "content_digest",
    "identity",
    "event_time",
    "first_sent_at",
    "repeat_safe_ms",
    "route_key",
  ],
  batch_changes: ["batch_id", "first_place", "last_place"],
  refused_changes: ["batch_id", "item_id"],
  supposed: ["key_cell"],
  staged_rows: [
    "target_no",
    "member_no",
    "row_id",
    "member",
    "item_id",
    "content_digest",
    "attributes_digest",
    "keys",
    "key_count",
    "cells",
    "attributes",
    "identity",
  ],
  rejects: [
    "sync",
    "scope",
    "item_id",
    "content_digest",
    "operation",
    "identity",
    "code",
    "field",
    "message",
    "batch_id",
    "origin",
    "created_at",
    "first_run_id",
    "run_id",
  ],
};
