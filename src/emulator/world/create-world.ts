import type { EmulatorOptions, SeedAudience } from "../options.js";
import { ANY_TOKEN, seededToken } from "../token/token.js";
import { createMeter } from "../usage/meter.js";
import { cellText } from "./identifiers.js";
import { UPLOADABLE_SUBTYPE } from "./audience.js";
import { CELLS } from "./cells.js";
import { createAudience } from "./create-audience.js";
import type { Matching } from "./matching.js";
import { createPeople } from "./people.js";
import type { World } from "./world.js";

const DEFAULT_KEPT_EVENTS = 20_000;

/** Stands where Meta puts the caller's own token: made up, but of a token's shape. */
const TOKEN_IN_LINKS = "EAAEmulatedTokenInAPagingLink";

/** Beyond 2^53, like Meta's ids: a client that reads them as numbers finds out. */
const FIRST_AUDIENCE_ID = 120_210_000_000_000_001n;
const FIRST_SESSION_ID = 910_000_000_000_000_001n;

/** The world before the first request. */
export function createWorld(options: EmulatorOptions): World {
  const world: World = {
    matching: matchingOf(options),
    audiences: new Map(),
    pixels: new Map(),
    sessions: new Map(),
    accountExists: oneOf(options.adAccounts),
    pixelExists: oneOf(options.pixels),
    ...termsOf(options),
    ...tokensOf(options),
    appMeter: createMeter(),
    accountMeters: new Map(),
    callsPerHour: callsPerHour(options),
    faults: new Map(),
    nextAudienceId: counter(FIRST_AUDIENCE_ID, options.audiences ?? []),
    nextSessionId: counter(FIRST_SESSION_ID, []),
    eventsToKeep: options.keepEvents ?? DEFAULT_KEPT_EVENTS,
  };
  const at = Math.floor(options.clock() / 1000);
  for (const seed of options.audiences ?? []) plant(world, seed, at);
  return world;
}

function matchingOf(options: EmulatorOptions): Matching {
  if (options.matching === "cell") return CELLS;
  const people = createPeople();
  for (const person of options.knownPeople ?? []) {
    people.learn(person.map(({ column, value }) => cellText(column, value)));
  }
  return people;
}

function termsOf(options: EmulatorOptions): Pick<World, "termsAccepted"> {
  const without = new Set(options.accountsWithoutTerms);
  return { termsAccepted: (accountId) => !without.has(accountId) };
}

/** Links carry the caller's token where it is one of ours; nobody else's is kept or shown. */
function tokensOf({ tokens }: EmulatorOptions): Pick<World, "tokenOf" | "tokenInLinks"> {
  if (tokens === undefined) return { tokenOf: () => ANY_TOKEN, tokenInLinks: () => TOKEN_IN_LINKS };
  const known = new Map(tokens.map((seed) => [seed.token, seededToken(seed)]));
  return { tokenOf: (token) => known.get(token), tokenInLinks: (token) => token };
}

function callsPerHour({ callsPerHour: calls }: EmulatorOptions): number | undefined {
  if (calls === undefined || (Number.isInteger(calls) && calls > 0)) return calls;
  throw new RangeError("callsPerHour is a whole number above 0");
}

function oneOf(ids: readonly string[] | undefined): (id: string) => boolean {
  if (ids === undefined) return () => true;
  const known = new Set(ids);
  return (id) => known.has(id);
}

function counter(first: bigint, seeds: readonly SeedAudience[]): () => string {
  const taken = new Set(seeds.map((seed) => seed.id));
  let next = first;
  return () => {
    while (taken.has(String(next))) next += 1n;
    const id = String(next);
    next += 1n;
    return id;
  };
}

function plant(world: World, seed: SeedAudience, at: number): void {
  const given = {
    name: seed.name,
    subtype: seed.subtype ?? UPLOADABLE_SUBTYPE,
    is_value_based: seed.isValueBased ?? false,
    ...(seed.description === undefined ? {} : { description: seed.description }),
  };
  createAudience(world, given, {
    accountId: seed.adAccountId,
    at,
    id: seed.id,
    operationStatus: seed.operationStatus,
  });
}
