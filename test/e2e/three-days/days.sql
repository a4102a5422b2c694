-- The sample's customers on three days, as files. Needs rules.sql and audiences.sql, run over the first
-- day, and the variables day_1, day_2 and day_3: where the files go.

CREATE OR REPLACE TEMP TABLE day_1 AS
SELECT customer_id, audience, email, work_email, phone, advertising_id FROM customers;

-- Who shares an identifier with whom, whatever the audience.
CREATE OR REPLACE TEMP TABLE sharing AS
WITH keys AS (
  SELECT customer_id, audience, unnest([EMAIL, PHONE, MADID]) AS key FROM audience_rows
)
SELECT DISTINCT one.customer_id, one.audience, other.customer_id AS other, other.audience AS other_audience
FROM keys AS one JOIN keys AS other USING (key)
WHERE key <> '' AND one.customer_id <> other.customer_id;

-- Where identifiers are shared in chains, Meta may take a person away whom no record of the audience
-- names: that nobody can see. So the story is about people who share nothing, and about pairs.
CREATE OR REPLACE TEMP TABLE pairs AS
WITH with_one AS (SELECT * FROM sharing QUALIFY count(*) OVER (PARTITION BY customer_id) = 1)
SELECT customer_id, audience
FROM with_one
WHERE audience = other_audience AND customer_id < other
  AND other IN (SELECT customer_id FROM with_one);

-- In an order that has nothing to do with the file's.
CREATE OR REPLACE TEMP TABLE drawn AS
SELECT
  customer_id, audience, is_paired,
  row_number() OVER (PARTITION BY is_paired ORDER BY md5(customer_id)) AS place
FROM (
  SELECT customer_id, audience, FALSE AS is_paired
  FROM audience_records
  WHERE rejection IS NULL AND len(emails) > 0
    AND customer_id NOT IN (SELECT customer_id FROM sharing)
  UNION ALL
  SELECT customer_id, audience, TRUE FROM pairs
);

-- 25 gone, five of them with an address that somebody has who stays; 30 with another address; 10 who
-- take the address of somebody in their audience; 5 moved.
CREATE OR REPLACE TEMP TABLE fates AS
SELECT
  customer_id,
  audience,
  place,
  CASE
    WHEN is_paired THEN CASE WHEN place <= 5 THEN 'gone' ELSE 'paired' END
    WHEN place <= 20 THEN 'gone'
    WHEN place <= 50 THEN 'other_address'
    WHEN place <= 60 THEN 'shared_address'
    WHEN place <= 65 THEN 'moved'
    ELSE 'stays'
  END AS fate
FROM drawn;

-- The addresses that are shared: of ten who stay as they are, each in the audience of who takes it.
CREATE OR REPLACE TEMP TABLE lenders AS
SELECT taker.customer_id, day_1.email
FROM (
  SELECT customer_id, audience, row_number() OVER (PARTITION BY audience ORDER BY place) AS nth
  FROM fates WHERE fate = 'shared_address'
) AS taker
JOIN (
  SELECT customer_id, audience, row_number() OVER (PARTITION BY audience ORDER BY place) AS nth
  FROM fates JOIN day_1 USING (customer_id, audience)
  WHERE fate = 'stays' AND present(day_1.email) IS NOT NULL
) AS lender USING (audience, nth)
JOIN day_1 ON day_1.customer_id = lender.customer_id;

CREATE OR REPLACE TEMP TABLE day_2 AS
SELECT
  day_1.customer_id,
  CASE WHEN fate = 'moved' THEN
    CASE WHEN fates.audience = 'VIP customers' THEN 'Win-back 2026' ELSE 'VIP customers' END
  ELSE day_1.audience END AS audience,
  CASE fate
    WHEN 'other_address' THEN 'moved.house.' || day_1.customer_id || '@example.test'
    WHEN 'shared_address' THEN lenders.email
    ELSE day_1.email
  END AS email,
  work_email, phone, advertising_id
FROM day_1
LEFT JOIN fates USING (customer_id)
LEFT JOIN lenders USING (customer_id)
WHERE fate IS DISTINCT FROM 'gone'
UNION ALL
SELECT
  'N' || n,
  ['VIP customers', 'Newsletter readers', 'Win-back 2026'][n % 3 + 1],
  'new.' || n || '@example.test', NULL, CASE WHEN n % 4 = 0 THEN '+4930' || (5550000 + n) END, NULL
FROM range(40) AS new_ones(n);

-- A day later still: some of those who changed on the second day leave, some change again, one comes back.
CREATE OR REPLACE TEMP TABLE day_3 AS
SELECT
  day_2.customer_id, day_2.audience,
  CASE WHEN fate = 'other_address' AND place % 3 = 0
    THEN 'again.' || day_2.customer_id || '@example.test' ELSE day_2.email END AS email,
  work_email, phone, advertising_id
FROM day_2
LEFT JOIN fates USING (customer_id)
WHERE NOT (fate IN ('other_address', 'shared_address', 'moved') AND place % 3 = 1)
  AND day_2.customer_id NOT IN ('N1', 'N2', 'N3', 'N4')
  OR fate IS NULL AND day_2.customer_id NOT IN ('N1', 'N2', 'N3', 'N4')
UNION ALL
SELECT day_1.* FROM day_1 JOIN fates USING (customer_id) WHERE fate = 'gone' AND place = 7;
