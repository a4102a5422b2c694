/** Which records a run is to send, by what the store knows of earlier runs. */
import type { DoubtPolicy } from "../config/sync-file.js";
import type { Rejection } from "../core/record.js";
import type { Admit, Admitted } from "../planning/admission.js";
import type { EventStanding } from "../store/event-states.js";
import type { NewReject } from "../store/rejects.js";
import type { Store } from "../store/store.js";
import type { AudienceEntry, Entry, EventEntry, Rendering } from "../surfaces/entry.js";
import type { Items } from "./items.js";
import type { Run } from "./run.js";

/** What admission needs. */
export interface AdmissionOptions {
  readonly store: Pick<Store, "events" | "rejects">;
  readonly items: Items;
  readonly run: Run;
  readonly onDoubt: DoubtPolicy;
  /** Sends everything again, whatever earlier runs did. */
  readonly resend: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Admits for a live run: what it rejects is noted in the store. */
export function liveAdmission(options: AdmissionOptions): Admit {
  return notingRejections(dryAdmission(options), options);
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
    const notes = fresh.map(({ rejection }) => localReject(rejection, items, run));
    const isNew = await store.rejects.noteLocal(run.runId, run.sync, notes, now);
    const standing = new Set(fresh.filter((_, index) => isNew[index] === false));
    return admitted.map((one) =>
      one.kind === "rejection" && standing.has(one) ? { ...one, standing: true } : one,
    );
  };
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
  return async (renderings) => {
    const entries = renderings.flatMap((one) => (one.kind === "entry" ? [one.entry] : []));
    const verdicts = new Map<Entry, Admitted>([
      ...(await eventVerdicts(entries, options)),
      ...(options.resend ? [] : await personVerdicts(entries, options)),
    ]);
    return renderings.map((rendering) => verdictOf(rendering, verdicts));
  };
}

function verdictOf(rendering: Rendering, verdicts: ReadonlyMap<Entry, Admitted>): Admitted {
  if (rendering.kind === "rejection") return { ...rendering, standing: false };
  return rendering.kind === "entry" ? (verdicts.get(rendering.entry) ?? rendering) : rendering;
}

async function eventVerdicts(
  entries: readonly Entry[],
  options: AdmissionOptions,
): Promise<readonly (readonly [Entry, Admitted])[]> {
  const { store, items, run } = options;
  const events = entries.filter((entry): entry is EventEntry => entry.surface === "events");
  if (events.length === 0) return [];
  const candidates = events.map((entry) => items.of(entry));
  const standings = await store.events.standings(run.runId, run.sync, candidates);
  return events.map((entry, index) => [entry, eventVerdict(entry, standings[index], options)]);
}

function eventVerdict(
  entry: EventEntry,
  standing: EventStanding | undefined,
  options: AdmissionOptions,
): Admitted {
  const { identity } = entry;
  // Within a run an event is sent once all the same: not every kind of repeat is dropped by Meta.
  if (options.resend && standing?.kind !== "repeated") return { kind: "entry", entry };
  switch (standing?.kind) {
    case "repeated":
      return standing.same
        ? { kind: "left_out", identity, because: "repeated" }
        : { kind: "rejection", rejection: repeatedIdentity(identity), standing: false };
    case "delivered":
      return {
        kind: "left_out",
        identity,
        because: standing.same ? "delivered" : "changed_since_delivery",
      };
    case "rejected":
      return refusedBefore(identity, standing.origin);
    case "unanswered":
      return unanswered(entry, standing, options);
    default:
      return { kind: "entry", entry };
  }
}

/** Meta drops a repeat for a while only; an event sent again later would count twice. */
function unanswered(
  entry: EventEntry,
  { firstSentAt, repeatSafeUntil }: Extract<EventStanding, { kind: "unanswered" }>,
  { items, run, onDoubt, now }: AdmissionOptions,
): Admitted {
  if (now < repeatSafeUntil) {
    items.of(entry).firstSentAt = firstSentAt;
    return { kind: "entry", entry };
  }
  if (onDoubt === "resend") return { kind: "entry", entry };
  const newly = run.previousStart === undefined || repeatSafeUntil >= run.previousStart;
  const because = newly ? "newly_in_doubt" : "in_doubt";
  return { kind: "left_out", identity: entry.identity, because };
}

async function personVerdicts(
  entries: readonly Entry[],
  { store, items, run }: AdmissionOptions,
): Promise<readonly (readonly [Entry, Admitted])[]> {
  const people = entries.filter(
    (entry): entry is AudienceEntry => entry.surface === "custom_audiences",
  );
  if (people.length === 0) return [];
  const candidates = people.map((entry) => items.of(entry));
  const origins = await store.rejects.standing(run.sync, candidates);
  return people.flatMap((entry, index) => {
    const origin = origins[index];
    return origin === undefined ? [] : [[entry, refusedBefore(entry.identity, origin)] as const];
  });
}

/** A record that Meta refused, or an operator gave up, in an earlier run. */
export function refusedBefore(identity: string, origin: "meta" | "operator"): Admitted {
  if (origin === "operator") return { kind: "left_out", identity, because: "skipped" };
  const message =
    "Meta refused this record before, and it has not changed. `rejects list` says why; `rejects retry` sends it again.";
  return {
    kind: "rejection",
    rejection: { identity, code: "refused", field: "", message },
    standing: true,
  };
}

function repeatedIdentity(identity: string): Rejection {
  return {
    identity,
    code: "repeated_identity",
    field: "event_id",
    message:
      "An earlier record of this run has the same event name and id and says something else; Meta would keep the first only.",
  };
}

/** A local rejection stands as long as it is for the same reason. */
function localReject(rejection: Rejection, items: Items, { operation }: Run): NewReject {
  const { identity, code, field, message } = rejection;
  return {
    scope: "",
    itemId: items.ofRejected(identity),
    contentDigest: items.digest([code, field]),
    operation,
    identity,
    code,
    field,
    message,
  };
}
