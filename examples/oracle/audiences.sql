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
    WHEN len(emails) = 0 AND phone IS NULL AND madid IS NULL THEN 'missing'
  END AS rejection
FROM (
  SELECT
    line,
    customer_id,
    present(audience) AS audience,
    list_filter([hashed_email(email), hashed_email(work_email)], lambda v: v IS NOT NULL) AS emails,
    hashed_phone(phone) AS phone,
    lower(present(advertising_id)) AS madid
  FROM customers
);

-- A row for each e-mail address, one at least; phone number and advertising id stand in every one.
-- Equal rows of one record are one.
CREATE OR REPLACE TEMP TABLE audience_rows AS
SELECT
  line, customer_id, audience, row_in_record,
  coalesce(emails[row_in_record], '') AS EMAIL, coalesce(phone, '') AS PHONE, coalesce(madid, '') AS MADID
FROM (
  SELECT *, unnest(range(1, greatest(len(emails), 1) + 1)) AS row_in_record
  FROM audience_records
  WHERE rejection IS NULL
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
