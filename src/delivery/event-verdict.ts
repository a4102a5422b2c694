/** What becomes of an event in a run, by how the store says that it stands. */
import type { DoubtPolicy } from "../config/sync-file.js";
import type { Rejection } from "../core/record.js";
import { unknown, type Admitted } from "../planning/admission.js";
import type { ElsewhereStanding } from "../store/elsewhere.js";
import type { EventStanding } from "../store/event-states.js";
import type { EntryRendering, EventEntry, Rendering, TooLate } from "../surfaces/entry.js";
import type { Items } from "./items.js";
import type { Run } from "./run.js";

/** What a verdict follows from, beside the standing. */
export interface VerdictOptions {
  readonly items: Items;
  readonly run: Run;
  readonly onDoubt: DoubtPolicy;
  /** Sends everything again, whatever earlier runs did. */
  readonly resend: boolean;
  /** Sends events to the pixel that they go to by now, though another one has them. */
  readonly replay: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** An event of which a store may know something. */
export type EventRendering = EntryRendering<EventEntry> | TooLate;

/** Tells events from everything else. */
export function isEvent(rendering: Rendering): rendering is EventRendering {
  return (
    rendering.kind === "too_late" ||
    (rendering.kind === "entry" && rendering.entry.surface === "events")
  );
}

/** What becomes of an event. */
export function eventVerdict(
  event: EventRendering,
  standing: EventStanding,
  options: VerdictOptions,
): Admitted {
  const { identity } = event.entry;
  // Within a run an event is sent once all the same: not every kind of repeat is dropped by Meta.
  if (options.resend && standing.kind !== "repeated") return unknown(event);
  switch (standing.kind) {
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
      return unanswered(event, standing, options);
    case "delivered_elsewhere":
    case "unanswered_elsewhere":
      return elsewhere(event, standing, options);
    case "new":
      return unknown(event);
  }
}

/** Meta drops a repeat for a while only; an event sent again later would count twice. */
function unanswered(
  event: EventRendering,
  { firstSentAt, repeatSafeUntil }: Extract<EventStanding, { kind: "unanswered" }>,
  options: VerdictOptions,
): Admitted {
  const { items, onDoubt, now } = options;
  const item = items.of(event.entry);
  const isLate = event.kind === "too_late";
  if (!isLate && now < repeatSafeUntil) {
    item.firstSentAt = firstSentAt;
    item.wasSent = true;
    return event;
  }
  if (!isLate && onDoubt === "resend") return event;
  return inDoubt(event, repeatSafeUntil, options);
}

function inDoubt(
  { kind, entry }: EventRendering,
  repeatSafeUntil: number,
  { items, run }: VerdictOptions,
): Admitted {
  const { lastSendingAt } = items.of(entry);
  const doubtfulSince =
    kind === "too_late" ? Math.min(repeatSafeUntil, lastSendingAt) : repeatSafeUntil;
  const newly = run.previousStart === undefined || doubtfulSince >= run.previousStart;
  const because = newly ? "newly_in_doubt" : "in_doubt";
  return { kind: "left_out", identity: entry.identity, because };
}

/** Sent to another pixel as well, it would count there too, only because a route changed. */
function elsewhere(
  event: EventRendering,
  standing: ElsewhereStanding,
  options: VerdictOptions,
): Admitted {
  const { identity, target: routedTo, head } = event.entry;
  const answered = standing.kind === "delivered_elsewhere";
  if (event.kind === "too_late")
    return answered
      ? { kind: "left_out", identity, because: "delivered" }
      : inDoubt(event, standing.repeatSafeUntil, options);
  if (options.replay) return event;
  const { event_name: name } = head;
  const eventName = typeof name === "string" ? name : "";
  return { kind: "rerouted", identity, eventName, sentTo: standing.pixelId, answered, routedTo };
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
