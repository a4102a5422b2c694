import { fail, ok, type Result } from "../../core/result.js";
import { GRAPH_SCHEMAS } from "../../generated/schemas.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";
import { schemaPropertyNames } from "../requests/schema-properties.js";

/** What has fields that can be asked for, by its name in the spec and in Meta's errors. */
const NODES = { CustomAudience: "a custom audience", Pixel: "a pixel", AdAccount: "an ad account" };

/** A kind of object, by its name in the spec. */
export type NodeKind = keyof typeof NODES;

/** The names in `fields`; one that the spec does not know for this kind of object is refused. */
export function readSelection(
  query: URLSearchParams,
  kind: NodeKind,
): Result<readonly string[], Refusal> {
  const asked = askedFields(query);
  const known = fieldNames(kind);
  const strange = asked.find((name) => !known.has(name));
  return strange === undefined
    ? ok(asked)
    : fail(
        invalidParameter(`Tried accessing nonexisting field (${strange}) on ${NODES[kind]}`, [
          "fields",
        ]),
      );
}

/** Whether a field is asked for that one kind of object has and the other one has not. */
export function asksForFieldOf(query: URLSearchParams, kind: NodeKind, not: NodeKind): boolean {
  const own = fieldNames(kind);
  const others = fieldNames(not);
  return askedFields(query).some((name) => own.has(name) && !others.has(name));
}

function askedFields(query: URLSearchParams): readonly string[] {
  const names = (query.get("fields") ?? "").split(",").map((name) => name.trim());
  return names.filter((name) => name !== "");
}

function fieldNames(kind: NodeKind): ReadonlySet<string> {
  return new Set(schemaPropertyNames(GRAPH_SCHEMAS, kind));
}
