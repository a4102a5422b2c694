import type { Clock, Sleep } from "../core/ports.js";
import type { FaultRates } from "./faults/fault.js";
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

/** An access token that an emulator knows. */
export interface SeedToken {
  readonly token: string;
  /** `ads_management`, `ads_read` and `business_management` when missing. */
  readonly permissions?: readonly string[];
  /** Unix seconds; never when missing. */
  readonly expiresAt?: number;
  /** `SYSTEM_USER` when missing. */
  readonly type?: string;
  /** When given, the app demands an `appsecret_proof` made with it. */
  readonly appSecret?: string;
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
  /** Ad accounts, without `act_`, for which nobody has accepted the custom audience terms. */
  readonly accountsWithoutTerms?: readonly string[];
  /** The only tokens that work; when missing, every token does, and for ever. */
  readonly tokens?: readonly SeedToken[];
  /**
   * Calls that the app, and each ad account for its audiences, have within 60 minutes; Meta's
   * numbers for full access when missing.
   */
  readonly callsPerHour?: number;
  /** How often requests go wrong on purpose, by kind; never when missing. */
  readonly faults?: FaultRates;
  /** The same requests in the same order meet the same faults under one seed (1 when missing). */
  readonly seed?: number;
  /** How the fault `slow` waits; in real time when missing. */
  readonly sleep?: Sleep;
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
