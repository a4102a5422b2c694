import type { Diagnostic, Place } from "../../core/diagnostic.js";
import { sourceProblem } from "../../sources/source-failure.js";
import type { RepeatedMembers } from "../../store/members.js";

/** Records that are there more than once: nobody can say which of them counts. */
export function repeatedRecords({ count, examples }: RepeatedMembers, place: Place): Diagnostic {
  const some = examples.join(", ");
  const which = examples.length < count ? `among them ${some}` : some;
  return sourceProblem(
    "source.repeated_records",
    place,
    `${count === 1 ? "1 record is" : `${String(count)} records are`} there more than once for one audience: ${which}; nothing was sent`,
    "Give each row a `key` of its own, or let SQL choose one row for each key (`GROUP BY`, `DISTINCT ON`).",
  );
}
