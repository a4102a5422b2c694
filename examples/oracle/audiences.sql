-- What Meta must hold after one run of vip_customers.sync.yaml, from customers.csv alone.
-- Needs rules.sql, and the variable data_folder.

CREATE OR REPLACE TEMP TABLE customers AS
SELECT row_number() OVER () AS line, *
FROM read_csv(
  getvariable('data_folder') || '/customers.csv',
  header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
);

-- One line, one State record. emails keeps both addresses, even equal ones.
CREATE OR REPLACE TEMP TABLE audience_records AS
SELECT
  *,
  CASE
    WHEN audience IS NULL THEN 'missing_target'
    WHEN len(emails) + len(phones) + len(madids) = 0 THEN 'missing'
  END AS rejection
FROM (
  SELECT
    line,
    customer_id,
    present(audience) AS audience,
    list_filter([hashed_lower(email), hashed_lower(work_email)], lambda v: v IS NOT NULL) AS emails,
    list_filter([hashed_lower(phone)], lambda v: v IS NOT NULL) AS phones,
    list_filter([present(advertising_id)], lambda v: v IS NOT NULL) AS madids
  FROM customers
);

-- One row when every column has one value at most; else one row per value, its other cells blank.
-- Equal rows of one record are one.
CREATE OR REPLACE TEMP TABLE audience_rows AS
WITH sent AS (SELECT * FROM audience_records WHERE rejection IS NULL),
whole AS (
  SELECT
    line, customer_id, audience, 1 AS row_in_record,
    coalesce(emails[1], '') AS EMAIL, coalesce(phones[1], '') AS PHONE, coalesce(madids[1], '') AS MADID
  FROM sent
  WHERE len(emails) <= 1 AND len(phones) <= 1 AND len(madids) <= 1
),
cells AS (
  SELECT
    line, customer_id, audience,
    unnest(
      list_transform(emails, lambda v, i: {name: 'EMAIL', value: v, place: i})
      || list_transform(phones, lambda v, i: {name: 'PHONE', value: v, place: len(emails) + i})
      || list_transform(madids, lambda v, i: {name: 'MADID', value: v, place: len(emails) + len(phones) + i})
    ) AS cell
  FROM sent
  WHERE len(emails) > 1 OR len(phones) > 1 OR len(madids) > 1
)
SELECT * FROM (
  FROM whole
  UNION ALL
  SELECT
    line, customer_id, audience, cell.place,
    CASE cell.name WHEN 'EMAIL' THEN cell.value ELSE '' END,
    CASE cell.name WHEN 'PHONE' THEN cell.value ELSE '' END,
    CASE cell.name WHEN 'MADID' THEN cell.value ELSE '' END
  FROM cells
)
QUALIFY row_number() OVER (PARTITION BY line, EMAIL, PHONE, MADID ORDER BY row_in_record) = 1;

-- Every value in an audience once, with the number of rows that carried it.
CREATE OR REPLACE TEMP TABLE audience_cells AS
SELECT audience, column_name, value, count(*) AS row_count
FROM (UNPIVOT audience_rows ON EMAIL, PHONE, MADID INTO NAME column_name VALUE value)
WHERE value <> ''
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE audience_rejections AS
SELECT rejection AS code, count(*) AS records
FROM audience_records
WHERE rejection IS NOT NULL
GROUP BY ALL;

-- Per audience; rows_sha256 is over the lines EMAIL,PHONE,MADID of all rows, those that several records
-- have too, and cells_sha256 over the lines COLUMN,value of all distinct cells.
CREATE OR REPLACE TEMP TABLE audience_summary AS
SELECT *
FROM (
  SELECT
    audience,
    count(DISTINCT line) AS records,
    count(*) AS row_count,
    count(DISTINCT (EMAIL, PHONE, MADID)) AS distinct_rows,
    digest_of_lines(concat_ws(',', EMAIL, PHONE, MADID)) AS rows_sha256
  FROM audience_rows
  GROUP BY audience
)
JOIN (
  SELECT
    audience,
    count(*) FILTER (column_name = 'EMAIL') AS emails,
    count(*) FILTER (column_name = 'PHONE') AS phones,
    count(*) FILTER (column_name = 'MADID') AS madids,
    digest_of_lines(column_name || ',' || value) AS cells_sha256
  FROM audience_cells
  GROUP BY audience
) USING (audience);
