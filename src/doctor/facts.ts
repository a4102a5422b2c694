/** What the doctor knows before it judges. */
import type { ErrorCode } from "../core/catalogue/catalogue.js";
import type { Surface } from "../core/outcome.js";
import type { ErrorClass } from "../generated/errors.js";
import type { AdAccount } from "../graph/ad-account.js";
import type { AudienceDetails } from "../graph/audience-details.js";
import type { Pixel } from "../graph/pixel.js";
import type { TokenDescription } from "../graph/token.js";

/** Everything that is judged. */
export interface Facts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly meta: MetaFacts;
  readonly store: StoreFacts;
}

/** What was asked of Meta, and what it said. */
export type MetaFacts =
  /** Nothing was named that says whom to ask with what. */
  { readonly kind: "not_asked"; readonly apiVersion: string } | AskedMeta;

/** What Meta said. */
export interface AskedMeta {
  readonly kind: "asked";
  /** What is to be delivered with the binding. */
  readonly surfaces: readonly Surface[];
  readonly adAccountId: string;
  /** Like `v25.0`. */
  readonly apiVersion: string;
  readonly token: Asked<TokenDescription>;
  /** What the token may do; asked when its description was refused. */
  readonly permissions: Asked<readonly string[]>;
  readonly account: Asked<AdAccount>;
  readonly audiences: AudienceFacts;
  readonly pixels: readonly PixelFacts[];
  /** See `AnswerHead`; of the answer that was the fastest on its way. */
  readonly clockAheadMs: number | undefined;
  readonly upgraded: boolean;
}

/** What came of one question. */
export type Asked<T> =
  | { readonly kind: "known"; readonly value: T }
  | Refused
  /** An answer before made it pointless, or there was no need. */
  | { readonly kind: "not_asked" };

/** A question that was not answered. */
export interface Refused {
  readonly kind: "refused";
  readonly class: ErrorClass;
  /** The token is at fault. */
  readonly byToken: boolean;
  /** The object is not there, or the token may not see it. */
  readonly missing: boolean;
  /** Without a token nothing was asked. */
  readonly unsent: boolean;
  /** Cause and remedy, redacted. */
  readonly summary: string;
  /** Meta's page on the error, if there is one. */
  readonly page: string | undefined;
}

/** The audiences that this binding or the store names. */
export interface AudienceFacts {
  readonly listing: Asked<null>;
  readonly known: readonly KnownAudience[];
}

/** An audience that something here names. */
export interface KnownAudience {
  /** The logical target. */
  readonly target: string;
  readonly audienceId: string;
  /** Who names it: `targets` of the binding, or the store. */
  readonly from: "binding" | "store";
  readonly state: Asked<AudienceDetails>;
}

/** A pixel that events go to. */
export interface PixelFacts {
  readonly pixelId: string;
  readonly state: Asked<Pixel>;
}

/** The store and how it is. */
export type StoreFacts =
  | { readonly kind: "none"; readonly name: string }
  | { readonly kind: "unusable"; readonly name: string; readonly fault: Fault }
  /** The emulator's own, which lives for one command. */
  | { readonly kind: "in_memory" }
  | OpenStore;

/** Why a store cannot be used: cause and remedy, for people. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** A store that can be read: its schema is the one that this version writes. */
export interface OpenStore {
  readonly kind: "open";
  readonly name: string;
  /** Of its file; a server tells nothing. */
  readonly bytes: number | undefined;
  /** Requests that are not settled. */
  readonly openRequests: number;
  readonly unended: readonly UnendedRun[];
  /** What `status` says that a person has to do. */
  readonly needsPerson: readonly string[];
}

/** A run that has not ended: it goes on, or its process is gone. */
export interface UnendedRun {
  readonly sync: string;
  /** The process that runs it, for people. */
  readonly holder: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}
