import { safeName } from "../core/redact.js";
import type { TargetResolution, TargetResolver } from "./target.js";

/**
 * Asks for each target once, and lets only the first of several names for one audience through: with
 * two of them a removal could overtake an addition.
 */
export function distinctTargets(resolve: TargetResolver): TargetResolver {
  const resolutions = new Map<string, TargetResolution>();
  const names = new Map<string, string>();
  return async (target) => {
    const known = resolutions.get(target) ?? alone(target, await resolve(target), names);
    resolutions.set(target, known);
    return known;
  };
}

function alone(
  target: string,
  resolution: TargetResolution,
  names: Map<string, string>,
): TargetResolution {
  if (resolution.kind !== "resolved") return resolution;
  const first = names.get(resolution.id);
  names.set(resolution.id, first ?? target);
  if (first === undefined) return resolution;
  const message = `"${safeName(target)}" and "${safeName(first)}" are the same audience (${resolution.id}), and the order of their records would be lost. Use one name for it.`;
  return { kind: "failed", failure: { stops: "target", code: "target.same_audience", message } };
}
