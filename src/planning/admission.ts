import type { Rejected, Rendering, TooLate } from "../surfaces/entry.js";

/** Why a record that nothing is wrong with is not sent by this run. */
export type LeftOut =
  /** Meta has it. */
  | "delivered"
  /** Meta has it, and it has changed since; Meta keeps the first. */
  | "changed_since_delivery"
  /** The same record stood earlier in this run. */
  | "repeated"
  /** An operator gave it up. */
  | "skipped"
  /** It is about somebody who was erased. */
  | "suppressed"
  /** Sent too long ago to be repeated safely, and never answered. */
  | "in_doubt"
  /** The same, for the first time. */
  | "newly_in_doubt";

/** An event that this sync sent to another pixel than the one it would go to by now. */
export interface Rerouted {
  readonly kind: "rerouted";
  readonly identity: string;
  readonly eventName: string;
  /** The pixel that has it, or may have it. */
  readonly sentTo: string;
  /** Whether Meta acknowledged it there; else nobody knows. */
  readonly answered: boolean;
  /** The one that it would go to. */
  readonly routedTo: string;
}

/** A rendering once it is known whether this run is to send it. */
export type Admitted =
  | Exclude<Rendering, Rejected | TooLate>
  | Rerouted
  | (Rejected & {
      /** An earlier run rejected it for the same reason. */
      readonly standing: boolean;
    })
  | { readonly kind: "left_out"; readonly identity: string; readonly because: LeftOut };

/** Tells which of some renderings this run is to send, in their order. */
export type Admit = (renderings: readonly Rendering[]) => Promise<readonly Admitted[]>;

/** Admits everything, for plans that know nothing of earlier runs. */
export const admitAll: Admit = (renderings) => Promise.resolve(renderings.map(unknown));

/** A rendering of which nothing is known from earlier runs. */
export function unknown(rendering: Rendering): Admitted {
  if (rendering.kind === "too_late") return unknown(rendering.otherwise);
  return rendering.kind === "rejection" ? { ...rendering, standing: false } : rendering;
}
