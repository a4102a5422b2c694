import type { Clock } from "../core/ports.js";
import type { MatchingKind } from "./world/matching.js";

/** An audience that exists before the first request. */
export interface SeedAudience {
  /** Without `act_`. */
  readonly adAccountId: string;
  readonly name: string;
  /** Numeric text; made by the emulator when missing. */
  readonly id?: string;
  /** `CUSTOM` when missing. */
  readonly subtype?: string;
  readonly description?: string;
  readonly isValueBased?: boolean;
  /** Code of `operation_status`; 410, nothing uploaded yet, when missing. */
  readonly operationStatus?: number;
}

/** One identifier of a person: a key column and its value as it is uploaded. */
export interface KnownIdentifier {
  readonly column: string;
  readonly value: string;
}

/** What an emulator is made of. */
export interface EmulatorOptions {
  readonly clock: Clock;
  readonly matching: MatchingKind;
  /** Names this emulator, so that a client notices another one; random when missing. */
  readonly instanceId?: string;
  readonly audiences?: readonly SeedAudience[];
  /** Ad accounts that exist, without `act_`; when missing, every id is one. */
  readonly adAccounts?: readonly string[];
  /** Pixels that exist; when missing, every id is one. */
  readonly pixels?: readonly string[];
  /** Identifiers of one person each, known before any row came; only matching `person` uses them. */
  readonly knownPeople?: readonly (readonly KnownIdentifier[])[];
  /**
   * How many events are kept whole, over all pixels (20,000 when missing). Later ones are still
   * checked, deduplicated and counted, so that memory grows by the id of an event only.
   */
  readonly keepEvents?: number;
}
