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
  /** A new id, numeric text; the same ones in the same order for every emulator. */
  readonly nextAudienceId: () => string;
  readonly nextSessionId: () => string;
  /** How many more events may be kept whole. */
  eventsToKeep: number;
}
