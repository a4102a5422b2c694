import { safeName } from "../../core/redact.js";
import { callFailure } from "../../delivery/resolve-target.js";
import type { AudienceState } from "../../graph/audience-state.js";
import type { TargetFailure, TargetStatus } from "../../planning/target.js";

/** Why nothing is sent to an audience in some state, and what to do about it. */
export function stateFailure(
  { kind, outcome }: Exclude<AudienceState, { readonly kind: "ready" }>,
  target: string,
  status: TargetStatus,
): TargetFailure {
  const failure = callFailure(outcome);
  if (kind !== "missing") return failure;
  const name = `"${safeName(target)}"`;
  const remedy =
    status === "mapped"
      ? "Correct its id under `targets`."
      : `If it was deleted, \`targets forget ${name}\` lets the next run look the name up or make a new audience.`;
  const message = `the audience ${name} does not exist any more, or the token may not see it. ${remedy}`;
  return { ...failure, code: "target.missing", message };
}
