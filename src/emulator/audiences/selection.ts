import { fail, ok, type Result } from "../../core/result.js";
import { GRAPH_SCHEMAS } from "../../generated/schemas.js";
import { schemaPropertyNames } from "../requests/schema-properties.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";

/** The names in `fields`; one that the spec does not know for an audience is refused. */
export function readSelection(query: URLSearchParams): Result<readonly string[], Refusal> {
  const names = (query.get("fields") ?? "").split(",").map((name) => name.trim());
  const asked = names.filter((name) => name !== "");
  const strange = asked.find((name) => !KNOWN.has(name));
  return strange === undefined
    ? ok(asked)
    : fail(
        invalidParameter(`Tried accessing nonexisting field (${strange}) on a custom audience`, [
          "fields",
        ]),
      );
}

const KNOWN: ReadonlySet<string> = new Set(schemaPropertyNames(GRAPH_SCHEMAS, "CustomAudience"));
