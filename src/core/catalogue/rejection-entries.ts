import type { RejectionCode } from "../record.js";
import { finding, type Entry } from "./entry.js";

/** Why single records are not sent; all others go on, and `--max-rejects` tolerates some. */
export const REJECTION = {
  invalid_record: finding(
    "The record has not the form of the contract.",
    "Mend whatever writes the records; the field says where.",
  ),
  missing_identity: finding(
    "The columns that name the record are empty.",
    "Fill them, or leave such rows out in SQL.",
  ),
  missing_target: finding("The record names no audience.", "Fill the column of `target`."),
  invalid_identifier: finding(
    "An identifier has no form that can be read.",
    "Mend the column, or leave it empty.",
  ),
  invalid_value: finding(
    "A value cannot be converted to what the field takes.",
    "Mend the column, or convert it in SQL or by a `map`.",
  ),
  invalid_time: finding(
    "A time is none, or lies far ahead or back.",
    "Check the column, and whether it counts milliseconds.",
  ),
  time_without_zone: finding("A time says no zone.", "Say whose clock it is of, with `zone`."),
  too_old: finding(
    "Meta does not take the event any more: it came, or was answered, too late.",
    "Deliver more often; the event itself is lost to Meta.",
  ),
  missing: finding(
    "A field that Meta or the mapping requires came out empty.",
    "Fill its column, or leave such rows out in SQL.",
  ),
  no_route: finding(
    "The event's name has no route and there is no `pixel_id`.",
    "Add it to `event_routes`.",
  ),
  too_many_rows: finding(
    "The combinations of a person's identifiers are more rows than one record may make.",
    "Give it fewer identifiers of a type, or write `rows: separate`.",
  ),
  too_large: finding(
    "The record alone is larger than a request may be.",
    "Make it smaller, or raise `max_body_bytes`.",
  ),
  personal_data: finding(
    "Personal data stands in the clear where it must not.",
    "Take it out in SQL or in the mapping; an audience's name and a record's key are no place for it.",
  ),
  spec_violation: finding(
    "What the mapping made is against Meta's description of the field.",
    "Mend the value, or the mapping.",
  ),
  target_unavailable: finding(
    "The audience could not be found or created.",
    "See the failure of that audience; the next run tries again.",
  ),
  too_weak: finding(
    "Meta refuses an event with nothing more to find a person by.",
    "Add an e-mail address, a telephone number or an external id.",
  ),
  repeated_identity: finding(
    "An earlier event of the run has the same name and id and says something else; Meta would keep the first.",
    "Give each event an id of its own.",
  ),
  refused: finding(
    "Meta refused the record for itself.",
    "`retl-meta rejects list` has Meta's reason. Mend the record; it is sent again once it changes.",
  ),
} satisfies Readonly<Record<RejectionCode, Entry>>;
