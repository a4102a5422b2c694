/**
 * How Meta might match, of which nothing is documented: `cell` keeps identifiers, `person` keeps
 * people, so that a removal takes away everything that was sent for whoever it matches.
 */
export type MatchingKind = "cell" | "person";

/** Which identifiers stand and fall together. Identifiers are texts as `identifiersOf` makes them. */
export interface Matching {
  readonly kind: MatchingKind;
  /** Takes in that these identifiers came in one added row. */
  learn(identifiers: readonly string[]): void;
  /** Every identifier that a removal of these ones reaches. */
  reach(identifiers: readonly string[]): Iterable<string>;
  /** Parts identifiers into the people behind them. */
  people(identifiers: Iterable<string>): readonly (readonly string[])[];
}
