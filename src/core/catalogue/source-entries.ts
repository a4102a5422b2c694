import { badInput } from "./entry.js";

/** What is read, and its columns. */
export const SOURCE = {
  "source.failed": badInput(
    "Reading broke off after it had begun. What was read until then is counted; a mirror sends nothing of it.",
    "Mend the source and run again; rows that were delivered before stay delivered.",
  ),
  "source.missing_file": badInput(
    "There is no file at the path, or for the pattern.",
    "Check it, and whether the job that writes it has run; a relative path starts at the folder of the sync file.",
  ),
  "source.unreadable": badInput(
    "A file cannot be read, or is not what its ending says.",
    "Check its permissions, and write it anew if it is damaged.",
  ),
  "source.unknown_format": badInput(
    "The ending of a file names no format that can be read.",
    "Give the file one of the endings that the message lists.",
  ),
  "source.several_formats": badInput(
    "A pattern finds files of several formats.",
    "Write a pattern that finds files of one.",
  ),
  "source.header": badInput(
    "The first line of a CSV file holds no column names.",
    "Write the file as UTF-8 text with a header line.",
  ),
  "source.binary_column": badInput(
    "A column holds binary data, which has no form in JSON.",
    "Turn it into text in SQL, or leave it out.",
  ),
  "source.repeated_records": badInput(
    "A mirror's source has a person more than once for one audience. Nothing was sent.",
    "Give each row a `key` of its own, or let SQL choose one row for each key.",
  ),
  "source.database": badInput(
    "The database of the source cannot be reached or opened.",
    "Check server, URL, user and rights as the message says, then run again.",
  ),
  "source.sql": badInput(
    "The database does not take the query.",
    "Mend `sql` where the message points; try it in the database's own client.",
  ),
  "source.timeout": badInput(
    "The server gave the query up after its `statement_timeout`, or somebody cancelled it.",
    "Run again; if it persists, make the query faster, or write a longer `statement_timeout` beside `sql`.",
  ),
  "sync.unknown_column": badInput(
    "The sync file names a column that the source does not have.",
    "Correct the name; if the source has changed, change the sync file with it.",
  ),
  "sync.ambiguous_column": badInput(
    "The source has several columns of one name.",
    "Give each a name of its own, in SQL with `AS`.",
  ),
  "sync.binary_column": badInput(
    "A column that the sync file names holds binary data.",
    "Turn it into text in SQL.",
  ),
  "sync.column_type": badInput(
    "A column has a type that its place does not take.",
    "Convert it in SQL as the message says.",
  ),
  "sync.date_without_time": badInput(
    "The column of `occurred_at` holds dates, which say no time of day.",
    "Name a column that holds the time of the event.",
  ),
  "sync.time_without_zone": badInput(
    "The times of `occurred_at` have no zone.",
    "Say whose clock they are of, with `zone`.",
  ),
  "sync.unused_identifier": badInput(
    "The mapping reads no identifiers of a type that the sync file declares.",
    "Correct the type, or take it out.",
  ),
  "sync.wrong_surface": badInput(
    "The mapping is for the other surface than the sync file declares.",
    "Name a mapping for this one, or declare the other kind.",
  ),
};
