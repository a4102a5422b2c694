import type { TargetFailureCode } from "../core/catalogue/catalogue.js";
import type { Evidence } from "../core/outcome.js";

/** How a logical target came to its remote id. */
export type TargetStatus =
  "mapped" | "registry" | "found" | "created" | "would_create" | "unresolved";

/** What is known of a logical target. */
export type TargetResolution =
  | {
      readonly kind: "resolved";
      readonly id: string;
      readonly status: "mapped" | "registry" | "found" | "created";
    }
  /** A dry run that may not create, or may not ask. */
  | { readonly kind: "open"; readonly status: "would_create" | "unresolved" }
  | { readonly kind: "failed"; readonly failure: TargetFailure };

/** Why a target could not be resolved. */
export interface TargetFailure {
  /** What it stops: the records of this target, or the whole run (token, permission, terms). */
  readonly stops: "target" | "run";
  readonly code: TargetFailureCode;
  /** Cause and remedy, for people. */
  readonly message: string;
  readonly evidence?: Evidence;
}

/** Where what is for a resolved or open target goes. */
export function destinationOf(
  resolution: Exclude<TargetResolution, { readonly kind: "failed" }>,
): Destination {
  const id = resolution.kind === "resolved" ? resolution.id : undefined;
  return { id, status: resolution.status };
}

/** Where a batch goes. */
export interface Destination {
  /** `undefined` while a target is not resolved. */
  readonly id: string | undefined;
  readonly status: TargetStatus;
}

/** Resolves a logical target; asked once per target. */
export type TargetResolver = (target: string) => Promise<TargetResolution>;
