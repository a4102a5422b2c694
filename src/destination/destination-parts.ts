import type { CheckedMapping } from "../mapping/form.js";
import type { Session } from "../sync/session.js";

/** What a destination is made of. */
export interface DestinationParts {
  readonly ref: string;
  readonly mapping: CheckedMapping;
  readonly session: Session;
  /** Whether its user gave it a store; without one it knows only what it has delivered itself. */
  readonly hasStore: boolean;
}
