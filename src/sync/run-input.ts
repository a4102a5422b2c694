import type { DoubtPolicy } from "../config/sync-file.js";
import type { MirrorRules } from "./mirror/mirror-rules.js";
import type { TargetResolver } from "../planning/target.js";
import type { PlanningInput } from "./planning.js";

/** What a run is of, whether it delivers or only plans. */
export interface RunInput<B> extends Omit<
  PlanningInput<B>,
  "binding" | "tally" | "past" | "stopped" | "resolve" | "admit"
> {
  /** The name under which its state is kept: that of the sync file, or `records:` and the binding's. */
  readonly sync: string;
  readonly onDoubt: DoubtPolicy;
  /** How a run compares its records with what Meta has; `undefined` where it sends every record. */
  readonly mirror: MirrorRules | undefined;
  /** Where its targets are, where that is known and nobody's; `undefined` to find or create them. */
  readonly resolve?: TargetResolver;
}

/** What the user may say of a run. */
export interface RunWishes {
  /** Sends everything again, whatever earlier runs did. */
  readonly resend: boolean;
  /** Sends events to the pixel that they go to by now, though another one has them. */
  readonly replay: boolean;
}

/** Nothing out of the ordinary. */
export const NO_WISHES: RunWishes = { resend: false, replay: false };
