/** Which records a run is to send, by what the store knows of earlier runs. */
import type { Rejection } from "../core/record.js";
import { unknown, type Admit, type Admitted } from "../planning/admission.js";
import type { EventStates } from "../store/event-states.js";
import type { Store } from "../store/store.js";
import type { AudienceEntry, EntryRendering, Rendering } from "../surfaces/entry.js";
import {
  eventVerdict,
  isEvent,
  refusedBefore,
  type EventRendering,
  type VerdictOptions,
} from "./event-verdict.js";
import { localReject } from "./local-rejects.js";
import type { Run } from "./run.js";

/** What admission needs. */
export interface AdmissionOptions extends VerdictOptions {
  readonly store: Pick<Store, "events" | "rejects">;
}

/** Admits for a live run: what it rejects is noted in the store. */
export function liveAdmission(options: AdmissionOptions): Admit {
  return notingRejections(admission(options), options);
}

/** The same admission, whose rejections are noted, and known again in later runs. */
export function notingRejections(
  admit: Admit,
  { store, run, now, items }: Pick<AdmissionOptions, "store" | "run" | "now" | "items">,
): Admit {
  return async (renderings) => {
    const admitted = await admit(renderings);
    const rejected = admitted.filter((one) => one.kind === "rejection");
    const fresh = rejected.filter(({ rejection }) => isNoted(rejection));
    if (fresh.length === 0) return admitted;
    const notes = fresh.map((one) => localReject(one, items, run));
    const isNew = await store.rejects.noteLocal(run.runId, run.sync, notes, now);
    const standing = new Set(fresh.filter((_, index) => isNew[index] === false));
    return admitted.map((one) =>
      one.kind === "rejection" && standing.has(one) ? { ...one, standing: true } : one,
    );
  };
}

/** The same for a dry run, which knows rejections of earlier runs again and notes none. */
export function knowingRejections(
  admit: Admit,
  { store, run, items }: Pick<AdmissionOptions, "store" | "run" | "items">,
): Admit {
  let known: Promise<ReadonlyMap<string, string>> | undefined;
  return async (renderings) => {
    const admitted = await admit(renderings);
    if (!admitted.some((one) => one.kind === "rejection" && isNoted(one.rejection)))
      return admitted;
    const before = await (known ??= notedBefore(store, run));
    return admitted.map((one) => {
      if (one.kind !== "rejection" || !isNoted(one.rejection)) return one;
      const { itemId, contentDigest } = localReject(one, items, run);
      return { ...one, standing: before.get(itemId) === contentDigest };
    });
  };
}

/** More rejects than a store has. */
const ALL = 2_000_000_000;

/** What the rejects of this package that stand are about, by item id. */
async function notedBefore(
  { rejects }: AdmissionOptions["store"],
  { sync }: Run,
): Promise<ReadonlyMap<string, string>> {
  const noted = await rejects.list({ sync, origin: "local" }, ALL);
  return new Map(noted.map(({ itemId, contentDigest }) => [itemId, contentDigest]));
}

/**
 * A refused record is noted already, and one that goes by its position alone (`#3`) is another one in
 * the next file.
 */
function isNoted({ code, identity }: Rejection): boolean {
  return code !== "refused" && !/^#\d+$/.test(identity);
}

/** Admits for a dry run: only reads. */
export function dryAdmission(options: AdmissionOptions): Admit {
  return knowingRejections(admission(options), options);
}

function admission(options: AdmissionOptions): Admit {
  return async (renderings) => {
    const verdicts = new Map<Rendering, Admitted>([
      ...(await eventVerdicts(renderings, options)),
      ...(options.resend ? [] : await personVerdicts(renderings, options)),
    ]);
    return renderings.map((rendering) => verdicts.get(rendering) ?? unknown(rendering));
  };
}

async function eventVerdicts(
  renderings: readonly Rendering[],
  options: AdmissionOptions,
): Promise<readonly (readonly [Rendering, Admitted])[]> {
  const { store, items, run } = options;
  const events = renderings.filter(isEvent);
  const verdicts = async (
    kind: EventRendering["kind"],
    standingsOf: EventStates["standings"],
  ): Promise<readonly (readonly [Rendering, Admitted])[]> => {
    const some = events.filter((event) => event.kind === kind);
    if (some.length === 0) return [];
    const candidates = some.map(({ entry }) => items.of(entry));
    const standings = await standingsOf(run.runId, run.sync, candidates);
    return some.map((event, index) => [
      event,
      eventVerdict(event, standings[index] ?? { kind: "new" }, options),
    ]);
  };
  return [
    ...(await verdicts("too_late", (...of) => store.events.lateStandings(...of))),
    ...(await verdicts("entry", (...of) => store.events.standings(...of))),
  ];
}

async function personVerdicts(
  renderings: readonly Rendering[],
  { store, items, run }: AdmissionOptions,
): Promise<readonly (readonly [Rendering, Admitted])[]> {
  const people = renderings.filter(isPerson);
  if (people.length === 0) return [];
  const candidates = people.map(({ entry }) => items.of(entry));
  const origins = await store.rejects.standing(run.sync, candidates);
  return people.flatMap((person, index) => {
    const origin = origins[index];
    if (origin === undefined) return [];
    return [[person, refusedBefore(person.entry.identity, origin)] as const];
  });
}

type PersonRendering = EntryRendering<AudienceEntry>;

function isPerson(rendering: Rendering): rendering is PersonRendering {
  return rendering.kind === "entry" && rendering.entry.surface === "custom_audiences";
}
