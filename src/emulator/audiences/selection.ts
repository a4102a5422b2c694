import { isJsonObject, ownValue, type Json } from "../../core/json.js";
import { fail, ok, type Result } from "../../core/result.js";
import { GRAPH_SCHEMAS } from "../../generated/schemas.js";
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

const KNOWN: ReadonlySet<string> = new Set(fieldNames(GRAPH_SCHEMAS));

function fieldNames(schemas: Json): readonly string[] {
  const properties = ["$defs", "CustomAudience", "properties"].reduce<Json | undefined>(
    (node, name) => (isJsonObject(node) ? ownValue(node, name) : undefined),
    schemas,
  );
  return isJsonObject(properties) ? Object.keys(properties) : [];
}
