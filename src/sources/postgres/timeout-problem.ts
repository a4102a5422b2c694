import type { Diagnostic, Place } from "../../core/diagnostic.js";
import { sourceProblem } from "../source-failure.js";

/** The server gave up on a statement. */
export function timeoutProblem(place: Place): Diagnostic {
  return sourceProblem(
    "source.timeout",
    place,
    "the server gave the query up: it took longer than its `statement_timeout`, or was cancelled",
    "Make the query faster, or write a longer one beside `sql`, like `statement_timeout: 30m`.",
  );
}
