import type { FaultKind } from "../faults/fault.js";
import type { Token } from "../token/token.js";
import type { Meter } from "../usage/meter.js";
import type { Audience } from "./audience.js";
import type { Matching } from "./matching.js";
import type { Pixel } from "./pixel.js";
import type { UploadSession } from "./upload-session.js";

/** Everything that the emulated Meta knows; the only thing that changes. */
export interface World {
  readonly matching: Matching;
  /** By id, in order of creation. */
  readonly audiences: Map<string, Audience>;
  /** By id, in order of first request. */
  readonly pixels: Map<string, Pixel>;
  /** By ad account and session id. */
  readonly sessions: Map<string, UploadSession>;
  readonly accountExists: (id: string) => boolean;
  readonly pixelExists: (id: string) => boolean;
  readonly termsAccepted: (accountId: string) => boolean;
  /** What a token is; `undefined` when it is none. */
  readonly tokenOf: (token: string) => Token | undefined;
  /** What stands in paging links where Meta puts the caller's token. */
  readonly tokenInLinks: (token: string) => string;
  /** Calls of the app. */
  readonly appMeter: Meter;
  /** Calls about audiences, by ad account. */
  readonly accountMeters: Map<string, Meter>;
  /** The limit of every meter; Meta's when `undefined`. */
  readonly callsPerHour: number | undefined;
  /** Requests that went wrong on purpose. */
  readonly faults: Map<FaultKind, number>;
  /** A new id, numeric text; the same ones in the same order for every emulator. */
  readonly nextAudienceId: () => string;
  readonly nextSessionId: () => string;
  /** How many more events may be kept whole. */
  eventsToKeep: number;
}
