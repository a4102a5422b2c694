-- Meta's rules for what says who a person is, as SQL macros, for both surfaces.
-- Nothing here, or in the other files of this folder, uses code of the project.
-- https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters

-- Unicode white space, written out: DuckDB's trim() and the \s of its patterns know ASCII only.
CREATE OR REPLACE TEMP MACRO trimmed(value) AS regexp_replace(
  value,
  '^[\x{0009}-\x{000D}\x{0020}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]+'
    || '|[\x{0009}-\x{000D}\x{0020}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]+$',
  '',
  'g'
);

-- A blank value is no value.
CREATE OR REPLACE TEMP MACRO present(value) AS nullif(trimmed(value), '');

-- 64 hex digits, and perhaps a dot and 2 or 8 characters more.
CREATE OR REPLACE TEMP MACRO is_digest(clean) AS
  regexp_full_match(clean, '[0-9a-fA-F]{64}(\.([A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{8}))?');

-- A digest is kept: its hex lower-cased, what follows as it is.
CREATE OR REPLACE TEMP MACRO kept_digest(clean) AS lower(clean[:64]) || clean[65:];

-- E-mail addresses: lower-cased, then hashed. Blank stays null.
CREATE OR REPLACE TEMP MACRO hashed_email(value) AS CASE
  WHEN is_digest(present(value)) THEN kept_digest(present(value))
  ELSE sha256(lower(present(value)))
END;

-- The digits of a phone number, without leading zeros. The zero in brackets behind a calling code, as in
-- +44 (0) 7700, is dialled only at home.
CREATE OR REPLACE TEMP MACRO phone_digits(clean) AS ltrim(
  regexp_replace(regexp_replace(clean, '^(\+\d{1,3} ?)\(0\)', '\1'), '[^0-9]', '', 'g'),
  '0'
);

-- Phone numbers: 7 to 15 digits, hashed. Null for any other text, such as the word unknown.
CREATE OR REPLACE TEMP MACRO hashed_phone(value) AS CASE
  WHEN is_digest(present(value)) THEN kept_digest(present(value))
  WHEN length(phone_digits(present(value))) BETWEEN 7 AND 15 THEN sha256(phone_digits(present(value)))
END;

-- For external ids: hashed in the case that they have. Blank stays null.
CREATE OR REPLACE TEMP MACRO hashed(value) AS CASE
  WHEN is_digest(present(value)) THEN kept_digest(present(value))
  ELSE sha256(present(value))
END;

-- One digest over a set of lines, whatever their order.
CREATE OR REPLACE TEMP MACRO digest_of_lines(line) AS sha256(string_agg(line, chr(10) ORDER BY line));
