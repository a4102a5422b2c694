import type { RejectionCode } from "../core/record.js";

/** What to do about records that are rejected, by the code of the rejection. */
export const REJECTION_REMEDIES: Readonly<Record<RejectionCode, string>> = {
  invalid_record: "Write the records as the contract says.",
  missing_identity: "Give each row its key: the columns under `key` must not be blank.",
  missing_target:
    "Name an audience in each row, or leave rows without one out of the source query.",
  invalid_identifier: "Give identifiers as a type and a value.",
  invalid_value:
    "Mend the value in the source query, or give the field a `map` or a `default` in the mapping.",
  invalid_time:
    "Write times in ISO 8601 or as Unix seconds, and leave rows without one out of the source query.",
  time_without_zone: "Declare the `zone` of the column, or give times with an offset.",
  too_old: "Run the sync more often than Meta's limit for the age of events, or raise `max_age`.",
  missing:
    "Fill the columns that the mapping requires, or leave such rows out of the source query.",
  no_route: "Add the event's name to `event_routes`, or set `pixel_id`.",
  too_many_rows: "Give a record fewer identifiers, or map fewer of them.",
  too_large: "Send smaller records, or raise `max_body_bytes`.",
  personal_data: "Take personal data out of these fields, or set `on_personal_data` to `drop`.",
  spec_violation:
    "Change the mapping or the value as the message says: Meta would refuse the whole request.",
  target_unavailable: "Put the audience in order at Meta, or name another one under `targets`.",
  too_weak:
    "Give more identifiers of each person: an e-mail address, a phone number or an id of your own.",
  repeated_identity: "Give each event an id of its own, and list it once.",
  refused:
    "`rejects list` says what Meta refused and why. Mend the records in the source; they are sent again once they change.",
};
