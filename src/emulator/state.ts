import { nameText } from "../core/identity.js";
import type { Event } from "../generated/graph.js";
import type { FaultKind } from "./faults/fault.js";
import type { Audience, UploadCounts } from "./world/audience.js";
import type { MatchingKind } from "./world/matching.js";
import type { EventCounts, Pixel } from "./world/pixel.js";
import type { World } from "./world/world.js";

/** What an audience holds, in numbers. */
export interface AudienceSummary {
  readonly id: string;
  /** Without `act_`. */
  readonly adAccountId: string;
  readonly name: string;
  readonly subtype: string;
  /** Code. */
  readonly operationStatus: number;
  readonly uploads: Readonly<UploadCounts>;
  /** Identifiers held. */
  readonly identifiers: number;
  /** People behind them; in `cell` matching nobody knows, and each identifier counts as one. */
  readonly people: number;
}

/** One identifier that an audience holds. */
export interface HeldIdentifier {
  /** `EMAIL=<digest>`; for a row without key cells its context cells, `CT=…&FN=…`. */
  readonly identifier: string;
  /** The other cells of the row that brought it last, `LOOKALIKE_VALUE=3`. */
  readonly beside: readonly string[];
}

/** What an audience holds, whole. */
export interface AudienceState extends AudienceSummary {
  /** In the order of their text. */
  readonly held: readonly HeldIdentifier[];
  /** The same identifiers, parted into people. */
  readonly groups: readonly (readonly string[])[];
}

/** What a pixel was told, in numbers. */
export interface PixelSummary {
  readonly id: string;
  readonly counts: Readonly<EventCounts>;
  /** Events that count, all names together. */
  readonly stored: number;
  /** Events that count, by name. */
  readonly storedByName: Readonly<Record<string, number>>;
}

/** What a pixel was told, whole as far as the emulator keeps it. */
export interface PixelState extends PixelSummary {
  readonly events: readonly Event[];
  /** Events that count and are not in `events`, because the emulator keeps no more. */
  readonly omitted: number;
}

/** How many requests each kind of fault has struck; kinds that struck none are left out. */
export type FaultCounts = Readonly<Partial<Record<FaultKind, number>>>;

/** What the emulator holds, in numbers: the answer of `GET /_emulator/state?summary=1`. */
export interface EmulatorSummary {
  readonly instanceId: string;
  readonly matching: MatchingKind;
  readonly audiences: readonly AudienceSummary[];
  readonly pixels: readonly PixelSummary[];
  /** Requests that went wrong on purpose, by kind. */
  readonly faults: FaultCounts;
}

/** What the emulator holds: the answer of `GET /_emulator/state`. */
export interface EmulatorState extends EmulatorSummary {
  readonly audiences: readonly AudienceState[];
  readonly pixels: readonly PixelState[];
}

/** The whole state, a copy of this moment. */
export function stateOf(world: World, instanceId: string): EmulatorState {
  return {
    instanceId,
    matching: world.matching.kind,
    audiences: Array.from(world.audiences.values(), (audience) => audienceState(world, audience)),
    pixels: Array.from(world.pixels.values(), pixelState),
    faults: Object.fromEntries(world.faults),
  };
}

/** The counts only. */
export function summaryOf(world: World, instanceId: string): EmulatorSummary {
  return {
    instanceId,
    matching: world.matching.kind,
    audiences: Array.from(world.audiences.values(), (audience) => audienceSummary(world, audience)),
    pixels: Array.from(world.pixels.values(), pixelSummary),
    faults: Object.fromEntries(world.faults),
  };
}

function audienceSummary(world: World, audience: Audience): AudienceSummary {
  const { held } = audience.membership;
  return {
    id: audience.id,
    adAccountId: audience.accountId,
    name: nameText(audience.given["name"]) ?? "",
    subtype: nameText(audience.given["subtype"]) ?? "",
    operationStatus: audience.operationStatus,
    uploads: { ...audience.uploads },
    identifiers: held.size,
    people: world.matching.people(held.keys()).length,
  };
}

function audienceState(world: World, audience: Audience): AudienceState {
  const { held } = audience.membership;
  const identifiers = [...held.keys()].sort();
  return {
    ...audienceSummary(world, audience),
    held: identifiers.map((identifier) => ({ identifier, beside: held.get(identifier) ?? [] })),
    groups: world.matching.people(identifiers),
  };
}

function pixelSummary(pixel: Pixel): PixelSummary {
  return {
    id: pixel.id,
    counts: { ...pixel.counts },
    stored: [...pixel.stored.values()].reduce((sum, count) => sum + count, 0),
    storedByName: Object.fromEntries(pixel.stored),
  };
}

function pixelState(pixel: Pixel): PixelState {
  const summary = pixelSummary(pixel);
  return {
    ...summary,
    events: [...pixel.events],
    omitted: summary.stored - pixel.events.length,
  };
}
