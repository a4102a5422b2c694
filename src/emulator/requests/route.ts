import { API_VERSION, OPERATIONS } from "../../generated/constants.js";
import { fail, ok, type Result } from "../../core/result.js";
import { unknownObject, unknownPath, type Refusal } from "../answers/refusal.js";
import { HANDLERS, type ServedOperation } from "./handlers.js";

/** The operation that a request asks for. */
export interface Route {
  readonly operation: ServedOperation;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Finds the operation of the spec that a method and a path below the origin name.
 *
 * @example findRoute("POST", "/v25.0/456/events") // { operation: "sendEvents", … }
 */
export function findRoute(method: string, path: string): Result<Route, Refusal> {
  const prefix = `/${API_VERSION}`;
  if (!path.startsWith(`${prefix}/`)) return fail(unknownPath(path));
  const rest = path.slice(prefix.length).replace(/(?<=.)\/$/, "");
  const candidates = ROUTES.flatMap((route) => {
    const match = route.pattern.exec(rest);
    return match === null ? [] : [{ route, values: Object.entries(match.groups ?? {}) }];
  });
  const [first] = candidates;
  if (first === undefined) return fail(unknownPath(rest));
  const found = candidates.find(({ route }) => route.method === method);
  return found === undefined
    ? fail(unknownObject(first.values[0]?.[1] ?? rest))
    : ok({ operation: found.route.operation, parameters: new Map(found.values) });
}

const ROUTES = served().map((operation) => ({
  operation,
  method: OPERATIONS[operation].method,
  pattern: patternOf(OPERATIONS[operation].path),
}));

function served(): readonly ServedOperation[] {
  return Object.keys(HANDLERS).filter((name) => isServed(name));
}

function isServed(name: string): name is ServedOperation {
  return Object.hasOwn(HANDLERS, name);
}

/** Every parameter in the spec's paths is an id, and Meta's ids are digits. */
function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, "(?<$1>\\d+)")}$`);
}
