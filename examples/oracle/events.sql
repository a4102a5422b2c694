-- What Meta must hold after one run of purchases.sync.yaml at the sample's date, from orders.csv alone.
-- Needs rules.sql, and the variables data_folder and now.

CREATE OR REPLACE TEMP TABLE orders AS
SELECT row_number() OVER () AS line, *
FROM read_csv(
  getvariable('data_folder') || '/orders.csv',
  header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
);

-- event_routes of the sync file; there is no pixel_id to fall back to.
CREATE OR REPLACE TEMP TABLE routes (event_name VARCHAR, pixel_id VARCHAR);
INSERT INTO routes VALUES
  ('Purchase', '100000000000011'),
  ('Subscribe', '100000000000011'),
  ('AddToCart', '100000000000022'),
  ('Lead', '100000000000022');

-- Seconds since 1970 of a local time of Berlin; null when the text is no time. Fractions are cut off.
CREATE OR REPLACE TEMP MACRO berlin_seconds(text) AS CAST(floor(epoch(
  try_strptime(text, [
    '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S.%g', '%Y-%m-%dT%H:%M:%S.%g'
  ]) AT TIME ZONE 'Europe/Berlin'
)) AS BIGINT);

-- user_data takes each digest once, in the order in which the columns are listed.
CREATE OR REPLACE TEMP MACRO each_once(list) AS
  list_filter(list, lambda v, i: v IS NOT NULL AND list_position(list, v) = i);

-- One line, one Event record, with every field as it leaves; null is a field that is not sent.
-- Of a person whose user agent alone is known Meta takes no event.
-- https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices#baseline-requirements-for-matching
CREATE OR REPLACE TEMP TABLE event_records AS
SELECT
  *,
  CASE
    WHEN pixel_id IS NULL THEN 'no_route'
    WHEN len(em) + len(ph) + len(external_id) = 0
      AND fbc IS NULL AND fbp IS NULL AND client_ip_address IS NULL THEN 'too_weak'
    WHEN event_time IS NULL THEN 'invalid_time'
    WHEN event_time < epoch(CAST(getvariable('now') AS TIMESTAMPTZ)) - 7 * 86400 THEN 'too_old'
  END AS rejection
FROM (
  SELECT
    line,
    routes.pixel_id,
    present(orders.event_name) AS event_name,
    present(order_id) AS event_id,
    berlin_seconds(paid_at) AS event_time,
    'website' AS action_source,
    present(url) AS event_source_url,
    each_once([hashed_email(email), hashed_email(billing_email)]) AS em,
    each_once([hashed_phone(phone)]) AS ph,
    each_once([hashed(customer_id)]) AS external_id,
    present(fbc) AS fbc,
    present(fbp) AS fbp,
    present(ip_address) AS client_ip_address,
    present(user_agent) AS client_user_agent,
    CAST(present(total) AS DOUBLE) AS value,
    present(currency) AS currency,
    CAST(present(items) AS BIGINT) AS num_items,
    present(coupon) AS coupon,
    present(order_id) AS order_id
  FROM orders
  LEFT JOIN routes ON routes.event_name = present(orders.event_name)
);

-- Meta keeps the first event of each (pixel, event_name, event_id) that it receives: file order.
CREATE OR REPLACE TEMP TABLE events_held AS
SELECT * EXCLUDE (rejection)
FROM event_records
WHERE rejection IS NULL
QUALIFY row_number() OVER (PARTITION BY pixel_id, event_name, event_id ORDER BY line) = 1
ORDER BY line;

CREATE OR REPLACE TEMP TABLE event_rejections AS
SELECT rejection AS code, count(*) AS records
FROM event_records
WHERE rejection IS NOT NULL
GROUP BY ALL;

-- One line of text per held event. Lists are joined by a blank, absent fields are empty,
-- and value has two decimals, so that other languages can write the same line.
CREATE OR REPLACE TEMP MACRO event_line() AS TABLE
SELECT
  pixel_id,
  event_name,
  concat_ws(
    chr(9),
    event_name, event_id, event_time, action_source, event_source_url,
    array_to_string(em, ' '), array_to_string(ph, ' '), array_to_string(external_id, ' '),
    coalesce(fbc, ''), coalesce(fbp, ''), coalesce(client_ip_address, ''), coalesce(client_user_agent, ''),
    coalesce(printf('%.2f', value), ''), coalesce(currency, ''), coalesce(CAST(num_items AS VARCHAR), ''),
    coalesce(coupon, ''), order_id
  ) AS line
FROM events_held;

-- Per pixel and event name: records sent, events held after Meta's de-duplication, digest of the lines.
CREATE OR REPLACE TEMP TABLE event_summary AS
SELECT *
FROM (
  SELECT pixel_id, event_name, count(*) AS sent
  FROM event_records
  WHERE rejection IS NULL
  GROUP BY ALL
)
JOIN (
  SELECT pixel_id, event_name, count(*) AS held, digest_of_lines(line) AS events_sha256
  FROM event_line()
  GROUP BY ALL
) USING (pixel_id, event_name);
