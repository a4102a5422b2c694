import { OPERATIONS } from "../../generated/constants.js";
import { fail, ok, type Result } from "../../core/result.js";
import { unknownObject, unknownPath, type Refusal } from "../answers/refusal.js";
import { SERVED_OPERATIONS, type ServedOperation } from "./operation.js";
import { isVersion } from "./version.js";

/** The operation that a request asks for. */
export interface Route {
  /** The version in the path. */
  readonly version: string;
  readonly operation: ServedOperation;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Finds the operation of the spec that a method and a path below the origin name.
 *
 * @example findRoute("POST", "/v25.0/456/events") // { operation: "sendEvents", … }
 */
export function findRoute(method: string, path: string): Result<Route, Refusal> {
  const [, version = "", below = ""] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (!isVersion(version)) return fail(unknownPath(path));
  const rest = below.replace(/(?<=.)\/$/, "");
  const candidates = ROUTES.flatMap((route) => {
    const match = route.pattern.exec(rest);
    return match === null ? [] : [{ route, values: Object.entries(match.groups ?? {}) }];
  });
  const [first] = candidates;
  if (first === undefined) return fail(unknownPath(rest));
  const found = candidates.find(({ route }) => route.method === method);
  return found === undefined
    ? fail(unknownObject(first.values[0]?.[1] ?? rest))
    : ok({ version, operation: found.route.operation, parameters: new Map(found.values) });
}

const ROUTES = SERVED_OPERATIONS.map((operation) => ({
  operation,
  method: OPERATIONS[operation].method,
  pattern: patternOf(OPERATIONS[operation].path),
}));

/** Every parameter in the spec's paths is an id, and Meta's ids are digits. */
function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, "(?<$1>\\d+)")}$`);
}
