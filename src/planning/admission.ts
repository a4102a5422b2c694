import type { Rejection } from "../core/record.js";
import type { Rendering } from "../surfaces/entry.js";

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
  /** Sent too long ago to be repeated safely, and never answered. */
  | "in_doubt"
  /** The same, for the first time. */
  | "newly_in_doubt";

/** A rendering once it is known whether this run is to send it. */
export type Admitted =
  | Exclude<Rendering, { readonly kind: "rejection" }>
  | {
      readonly kind: "rejection";
      readonly rejection: Rejection;
      /** An earlier run rejected it for the same reason. */
      readonly standing: boolean;
    }
  | { readonly kind: "left_out"; readonly identity: string; readonly because: LeftOut };

/** Tells which of some renderings this run is to send, in their order. */
export type Admit = (renderings: readonly Rendering[]) => Promise<readonly Admitted[]>;

/** Admits everything, for plans that know nothing of earlier runs. */
export const admitAll: Admit = (renderings) =>
  Promise.resolve(
    renderings.map((rendering) =>
      rendering.kind === "rejection" ? { ...rendering, standing: false } : rendering,
    ),
  );
