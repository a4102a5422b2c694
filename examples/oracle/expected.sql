-- The results in short, as one JSON text. Needs the tables of audiences.sql and events.sql.

-- An object with a property per row, in the order of their names.
CREATE OR REPLACE TEMP MACRO object_of(name, value) AS
  map_from_entries(list({k: name, v: value} ORDER BY name));

SELECT to_json({
  now: getvariable('now'),
  audiences: {
    source_rows: (SELECT count(*) FROM customers),
    sent_records: (SELECT count(*) FROM audience_records WHERE rejection IS NULL),
    sent_rows: (SELECT count(*) FROM audience_rows),
    rejected: (SELECT object_of(code, records) FROM audience_rejections),
    by_audience: (
      SELECT object_of(
        audience,
        {
          records: records,
          rows: row_count,
          distinct_rows: distinct_rows,
          distinct_cells: {EMAIL: emails, PHONE: phones, MADID: madids},
          rows_sha256: rows_sha256,
          cells_sha256: cells_sha256
        }
      )
      FROM audience_summary
    )
  },
  events: {
    source_rows: (SELECT count(*) FROM orders),
    sent: (SELECT count(*) FROM event_records WHERE rejection IS NULL),
    held: (SELECT count(*) FROM events_held),
    rejected: (SELECT object_of(code, records) FROM event_rejections),
    by_pixel: (
      SELECT object_of(pixel_id, names)
      FROM (
        SELECT
          pixel_id,
          object_of(event_name, {sent: sent, held: held, events_sha256: events_sha256}) AS names
        FROM event_summary
        GROUP BY pixel_id
      )
    )
  }
}) AS expected;
