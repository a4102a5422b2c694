/**
 * A local Graph API for tests, demos and CI, as `import { startEmulator } from "retl-meta/emulator"`.
 * It listens on this machine only and keeps everything in memory.
 */
export { startEmulator, type RunningEmulator, type ServeOptions } from "./http.js";
export type { EmulatorOptions, KnownIdentifier, SeedAudience, SeedToken } from "./options.js";
export { FAULT_KINDS, type FaultKind, type FaultRates } from "./faults/fault.js";
export type {
  AudienceState,
  AudienceSummary,
  EmulatorState,
  EmulatorSummary,
  FaultCounts,
  HeldIdentifier,
  PixelState,
  PixelSummary,
} from "./state.js";
export type { MatchingKind } from "./world/matching.js";
