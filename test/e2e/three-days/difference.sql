-- What a mirror must send between two days, computed from their rows alone: rows_before and rows_after,
-- each (audience, customer_id, EMAIL, PHONE, MADID), distinct, a blank cell ''.

CREATE OR REPLACE TEMP MACRO keys_of(email, phone, madid) AS list_filter(
  ['EMAIL=' || email, 'PHONE=' || phone, 'MADID=' || madid], lambda key: key[-1:] <> '='
);

CREATE OR REPLACE TEMP TABLE wanted AS
SELECT *, keys_of(EMAIL, PHONE, MADID) AS keys FROM rows_after;

CREATE OR REPLACE TEMP TABLE wanted_keys AS
SELECT DISTINCT audience, unnest(keys) AS key FROM wanted;

-- Rows that nobody wants any more, with the keys that nobody else has; without any, nothing is removed.
CREATE OR REPLACE TEMP TABLE removals AS
SELECT * FROM (
  SELECT
    leftover.*,
    list_filter(
      keys_of(EMAIL, PHONE, MADID),
      lambda key: NOT list_contains(coalesce(kept.keys, []), key)
    ) AS sent_keys,
    keys_of(EMAIL, PHONE, MADID) AS all_keys
  FROM (SELECT * FROM rows_before EXCEPT SELECT * FROM rows_after) AS leftover
  LEFT JOIN (SELECT audience, list(key) AS keys FROM wanted_keys GROUP BY audience) AS kept
    USING (audience)
)
WHERE len(sent_keys) > 0;

CREATE OR REPLACE TEMP TABLE touched_keys AS
SELECT DISTINCT audience, unnest(all_keys) AS key FROM removals;

-- Rows that are new, and those that a removal could take away with it.
CREATE OR REPLACE TEMP TABLE additions AS
SELECT
  wanted.*,
  NOT EXISTS (
    SELECT 1 FROM rows_before AS b
    WHERE (b.audience, b.customer_id, b.EMAIL, b.PHONE, b.MADID)
      = (wanted.audience, wanted.customer_id, wanted.EMAIL, wanted.PHONE, wanted.MADID)
  ) AS is_new
FROM wanted
WHERE is_new
  OR (audience, customer_id) IN (SELECT (audience, customer_id) FROM removals)
  OR EXISTS (
    SELECT 1 FROM touched_keys AS t
    WHERE t.audience = wanted.audience AND list_contains(wanted.keys, t.key)
  );

CREATE OR REPLACE TEMP TABLE member_fates AS
SELECT
  audience, customer_id,
  (audience, customer_id) IN (SELECT (audience, customer_id) FROM wanted) AS is_wanted,
  (audience, customer_id) IN (SELECT (audience, customer_id) FROM rows_before) AS is_held,
  (audience, customer_id) IN (SELECT (audience, customer_id) FROM removals) AS is_removed,
  (audience, customer_id) IN (SELECT (audience, customer_id) FROM additions) AS is_added,
  (audience, customer_id) IN (SELECT (audience, customer_id) FROM additions WHERE is_new) AS has_new
FROM (
  SELECT audience, customer_id FROM wanted UNION SELECT audience, customer_id FROM rows_before
);

CREATE OR REPLACE TEMP TABLE leaving AS
SELECT DISTINCT customer_id, audience FROM member_fates WHERE NOT is_wanted AND is_removed;

CREATE OR REPLACE TEMP TABLE expected AS
SELECT
  audience,
  count(*) FILTER (is_wanted AND is_added AND NOT is_held
    AND customer_id NOT IN (SELECT customer_id FROM leaving))::INTEGER AS joined,
  count(*) FILTER (NOT is_wanted AND is_removed)::INTEGER AS "left",
  count(*) FILTER (is_wanted AND is_held AND (is_removed OR has_new))::INTEGER AS changed,
  count(*) FILTER (is_wanted AND is_added AND NOT is_held
    AND customer_id IN (SELECT customer_id FROM leaving))::INTEGER AS moved,
  count(*) FILTER (is_wanted AND is_held AND is_added AND NOT is_removed AND NOT has_new)::INTEGER
    AS repeated,
  count(*) FILTER (is_wanted AND NOT is_added AND NOT is_removed)::INTEGER AS unchanged
FROM member_fates
GROUP BY audience;

-- Every row of every request: what it is, where, and its cells.
CREATE OR REPLACE TEMP TABLE expected_rows AS
SELECT 'DELETE' AS method, audience, list_sort(sent_keys) AS cells FROM removals
UNION ALL
SELECT 'POST', audience, list_sort(keys) FROM additions;
