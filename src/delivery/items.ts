/** What the store knows a record by: digests with the store's salt, never what the record says. */
import { textOf } from "../core/written.js";
import { canonicalJson, sha256 } from "../core/digest.js";
import type { Json } from "../core/json.js";
import type { Entry, EventEntry } from "../surfaces/entry.js";
import { acceptedAgeSeconds, lastSendingSeconds } from "../surfaces/event-age.js";
import { repeatSafeSeconds } from "../surfaces/event-repeat.js";

/** One record that is to be sent. */
export interface Item {
  /**
   * 32 hex digits: of an event its pixel, name and id, of a person's record its audience, operation
   * and identity.
   */
  readonly itemId: string;
  /** 32 hex digits of what is sent. */
  readonly contentDigest: string;
  /** When it was first sent, if it was and nobody knows how that ended. */
  firstSentAt: number | undefined;
  /** Whether an earlier run sent it, so that Meta may have it. */
  wasSent: boolean;
  /** For how long after its first sending it may be sent again without counting twice, in ms. */
  readonly repeatSafeMs: number;
  /** The last instant at which Meta still takes it. */
  readonly lastSendingAt: number;
  /** Unix seconds; 0 for a person. */
  readonly eventTime: number;
  /** Of a row of a mirror: its place among the changes of the run. */
  readonly place: number | undefined;
  /** Of an event its name and id, whichever pixel it goes to, 32 hex digits; of a person the item id. */
  readonly routeKey: string;
  /** How old Meta still takes it, in ms, whatever the user narrows. */
  readonly maxAgeMs: number;
}

/** What holds of everybody's record: adding somebody twice, or removing somebody who is gone, changes nothing. */
export const PERSON = {
  firstSentAt: undefined,
  wasSent: false,
  maxAgeMs: Infinity,
  repeatSafeMs: Infinity,
  lastSendingAt: Infinity,
  eventTime: 0,
} as const;

/** The items of a run's entries, each made once. */
export class Items {
  private readonly known = new WeakMap<Entry, Item>();

  /**
   * @param salt the store's
   * @param maxAgeSeconds narrows Meta's own age limit of events
   */
  constructor(
    private readonly salt: string,
    private readonly maxAgeSeconds: number | undefined,
  ) {}

  of(entry: Entry): Item {
    const known = this.known.get(entry);
    if (known !== undefined) return known;
    const item = entry.surface === "events" ? this.event(entry) : this.person(entry);
    this.known.set(entry, item);
    return item;
  }

  /** The digest under which a rejected record is known, which never came to an entry. */
  ofRejected(identity: string): string {
    return this.digest(["rejected", identity]);
  }

  /** 32 hex digits of some parts. */
  digest(parts: Json): string {
    return this.digestOf(canonicalJson(parts));
  }

  private digestOf(canonical: string): string {
    return sha256(`${this.salt}\n${canonical}`).slice(0, 32);
  }

  private event({ json, head, identity, target }: EventEntry): Item {
    const { event_name: name = null, event_id: id, event_time: time } = head;
    const named = id === undefined ? [name, "identity", identity] : [name, id];
    return {
      itemId: this.digest([target, ...named]),
      contentDigest: this.digestOf(textOf(json)),
      firstSentAt: undefined,
      wasSent: false,
      repeatSafeMs: repeatSafeSeconds(head) * 1000,
      lastSendingAt: lastSendingSeconds(head, this.maxAgeSeconds) * 1000,
      eventTime: typeof time === "number" ? time : 0,
      place: undefined,
      routeKey: this.digest(["route", ...named]),
      maxAgeMs: acceptedAgeSeconds(head) * 1000,
    };
  }

  private person(entry: Exclude<Entry, EventEntry>): Item {
    const rows = entry.rows.map((row) => Array.from(row, (cell) => cell ?? null));
    const itemId = this.digest([entry.target, entry.operation, entry.identity]);
    return {
      itemId,
      contentDigest: this.digest(rows),
      ...PERSON,
      place: undefined,
      routeKey: itemId,
    };
  }
}
