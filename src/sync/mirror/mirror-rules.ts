import type { MirrorMode } from "../../config/sync-file.js";
import type { Place } from "../../core/diagnostic.js";

/** What the user says of one run. */
export interface MirrorWords {
  /** In which audiences it may remove more than their guard lets go. */
  readonly allowedRemovals: AllowedRemovals;
  /** Nothing that was acknowledged before it counts. */
  readonly fullRefresh: boolean;
}

/** Nothing out of the ordinary. */
export const NO_MIRROR_WORDS: MirrorWords = {
  allowedRemovals: { kind: "guarded" },
  fullRefresh: false,
};

/** How a mirror changes its audiences: what its sync file says, and the user for this run. */
export interface MirrorRules extends MirrorWords {
  readonly mode: MirrorMode;
  /** How much of an audience a run may remove, in percent; `undefined` for all of it. */
  readonly guardPercent: number | undefined;
  /** After how long somebody is sent again who has not changed; never when missing. */
  readonly refreshAfterSeconds: number | undefined;
  /** Where a message about the source points. */
  readonly place: Place;
}

/** Where the removal guard lets a run pass. */
export type AllowedRemovals =
  | { readonly kind: "guarded" }
  | { readonly kind: "everywhere" }
  | { readonly kind: "in"; readonly target: string };

/** Whether the guard of an audience lets this run pass. */
export function isAllowed(allowed: AllowedRemovals, target: string): boolean {
  return allowed.kind === "everywhere" || (allowed.kind === "in" && allowed.target === target);
}
