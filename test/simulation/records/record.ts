/** What a source of the simulation holds. */
import type { JsonObject } from "../../../src/core/json.js";
import type { ActionSource } from "../../../src/generated/constants.js";

/** What Meta finds wrong with a record, however often and in whatever request it comes. */
export type Flaw =
  /** It refuses the whole request for it, and names the right record, another one or none. */
  | {
      readonly kind: "refused";
      readonly subcode: number | undefined;
      readonly blame: "right" | "wrong" | "none";
    }
  /** It takes the rest and counts this one, with or without naming a cell of it. */
  | { readonly kind: "malformed"; readonly named: boolean };

/** What this package itself makes of a record, before anything is sent. */
export type Fate = "sent" | "rejected" | "withheld" | "suppressed";

interface RecordParts {
  /** Unique in its source, but for events that come twice. */
  readonly identity: string;
  /** The pixel, or the logical target. */
  readonly lane: string;
  /** As it stands in the source. */
  readonly json: JsonObject;
  readonly fate: Fate;
  readonly flaw: Flaw | undefined;
}

/** An event. */
export interface EventRecord extends RecordParts {
  readonly surface: "events";
  readonly name: string;
  readonly actionSource: ActionSource;
  /** Unix seconds. */
  readonly time: number;
}

/** Somebody who belongs into an audience or leaves it. */
export interface PersonRecord extends RecordParts {
  readonly surface: "custom_audiences";
  readonly operation: "upsert" | "remove";
  readonly person: string;
  /** `EMAIL=<digest>` and the like: what the record has to do with at Meta. */
  readonly cells: readonly string[];
}

export type SourceRecord = EventRecord | PersonRecord;
