/** What a sync file says of its records, so that checks need not guess. */
import type { Place } from "../core/diagnostic.js";

/** What a sync declares; every part is `undefined` where nothing is known. */
export interface RecordFacts {
  /** The one name that all events have. */
  readonly eventName: string | undefined;
  /** Key parts and what fills them. */
  readonly key: ReadonlyMap<string, readonly string[]> | undefined;
  readonly payload: ReadonlySet<string> | undefined;
  readonly identifiers: ReadonlySet<string> | undefined;
  /** Where numbers are read as seconds since 1970, and from which columns. */
  readonly seconds: { readonly columns: readonly string[]; readonly place: Place } | undefined;
}

/** Nothing is known: records of the contract can hold anything. */
export const NO_FACTS: RecordFacts = {
  eventName: undefined,
  key: undefined,
  payload: undefined,
  identifiers: undefined,
  seconds: undefined,
};
