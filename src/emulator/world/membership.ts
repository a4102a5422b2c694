import type { Matching } from "./matching.js";

/** What an audience holds: identifiers of the rows that were added and not removed. */
export interface Membership {
  /** Identifier, and the cells that came beside it last (`FN=…`, `LOOKALIKE_VALUE=…`). */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** Adds a row; adding it again changes nothing but what stands beside it. */
  add(identifiers: readonly string[], beside: readonly string[]): void;
  /** Removes whatever the matching reaches from a row; a stranger's row removes nothing. */
  remove(identifiers: readonly string[]): void;
  /** Removes everybody. */
  clear(): void;
}

/** An empty audience; the matching is shared by all audiences of an emulator. */
export function createMembership(matching: Matching): Membership {
  const held = new Map<string, readonly string[]>();
  return {
    held,
    add: (identifiers, beside) => {
      matching.learn(identifiers);
      for (const identifier of identifiers) held.set(identifier, beside);
    },
    remove: (identifiers) => {
      for (const identifier of matching.reach(identifiers)) held.delete(identifier);
    },
    clear: () => {
      held.clear();
    },
  };
}
