/** What is known of each send, event and record of a schedule by the one who sees everything. */
import type { BatchRow, EventRow } from "../../src/store/memory/tables.js";
import { itemTexts } from "./meta/wire.js";
import type { Exchange, Moment, SentBatch } from "./moments.js";
import type { Decision } from "./operator.js";

/** One send, and what its process heard of it. */
export interface Send {
  readonly sent: SentBatch;
  readonly leftAt: number;
  /** Which process sent it, from 1. */
  readonly life: number;
  /** The answer proved that nothing was done. */
  disproved: boolean;
  /** Meta said that it took everything. */
  complete: boolean;
}

/** One event of a pixel. */
export interface EventFacts {
  readonly sends: Send[];
  /** A batch with it was durably settled as taken. */
  delivered: boolean;
  /** Somebody decided that it may count twice, or be missing. */
  released: boolean;
  /** The user had it sent again, whatever Meta has. */
  mayCountTwice: boolean;
}

export class Knowledge {
  /** By `<pixel> <name> <id>`. */
  readonly events = new Map<string, EventFacts>();
  /** By batch. */
  readonly sends = new Map<string, Send[]>();
  /** How many processes there have been. */
  life = 0;
  /** The process under way was told to send everything again. */
  resends = false;
  /** Rows of audiences that somebody gave up, by lane, as the wire had them. */
  readonly givenUp = new Map<string, Set<string>>();
  /** Lanes where somebody gave up what was about to leave and never did: nobody saw whom it was about. */
  readonly givenUpUnseen = new Set<string>();
  private readonly byExchange = new Map<Exchange, Send>();

  note(moment: Moment): void {
    switch (moment.kind) {
      case "born":
        this.life += 1;
        this.resends = moment.resend;
        break;
      case "left":
        if (moment.exchange.sent !== undefined) this.left(moment.exchange, moment.exchange.sent);
        break;
      case "answered": {
        const send = this.byExchange.get(moment.heard.exchange);
        if (send === undefined) break;
        send.disproved = moment.heard.provesNothingDone;
        send.complete = moment.heard.complete;
        break;
      }
      case "settled":
        if (TAKEN.has(moment.settlement.state)) this.delivered(moment.row.batchId);
        break;
      case "decided":
        this.decided(moment.decision);
        break;
      default:
    }
  }

  /** Since when an event may be at Meta without anybody knowing; only sends from `life` on count. */
  mayBeThereSince(key: string, life = 1): number | undefined {
    const open = (this.events.get(key)?.sends ?? []).filter(
      (send) => !send.disproved && send.life >= life,
    );
    return open.length === 0 ? undefined : Math.min(...open.map(({ leftAt }) => leftAt));
  }

  private decided({ forgotten, givenUp, skipped }: Decision): void {
    if (skipped?.surface === "custom_audiences") this.gaveUp(skipped);
    for (const row of [...forgotten, ...givenUp])
      for (const facts of this.factsAbout(row)) facts.released = true;
    for (const row of forgotten) for (const facts of this.factsAbout(row)) facts.sends.length = 0;
  }

  private gaveUp({ batchId, target }: BatchRow): void {
    const rows = this.givenUp.get(target) ?? new Set();
    const sends = [...this.sends.values()].flat();
    const own = sends.filter(
      ({ sent }) =>
        (sent.row?.parent ?? sent.row?.batchId) === batchId || sent.row?.batchId === batchId,
    );
    for (const { sent } of own) for (const text of itemTexts(sent.request)) rows.add(text);
    if (own.length === 0) this.givenUpUnseen.add(target);
    this.givenUp.set(target, rows);
  }

  /** The store knows an event by its identity, and not by its name. */
  private factsAbout({ pixelId, identity }: EventRow): readonly EventFacts[] {
    return [...this.events].flatMap(([key, facts]) =>
      key.startsWith(`${pixelId} `) && key.endsWith(` ${identity}`) ? [facts] : [],
    );
  }

  private left(exchange: Exchange, sent: SentBatch): void {
    const send: Send = {
      sent,
      leftAt: exchange.leftAt,
      life: this.life,
      disproved: false,
      complete: false,
    };
    this.byExchange.set(exchange, send);
    const batchId = sent.row?.batchId ?? "";
    this.sends.set(batchId, [...(this.sends.get(batchId) ?? []), send]);
    for (const key of eventKeys(sent)) {
      const facts = this.factsOf(key);
      facts.sends.push(send);
      facts.mayCountTwice ||= this.resends;
    }
  }

  private delivered(batchId: string): void {
    const last = this.sends.get(batchId)?.at(-1);
    if (last !== undefined)
      for (const key of eventKeys(last.sent)) this.factsOf(key).delivered = true;
  }

  private factsOf(key: string): EventFacts {
    const known = this.events.get(key);
    if (known !== undefined) return known;
    const facts = { sends: [], delivered: false, released: false, mayCountTwice: false };
    this.events.set(key, facts);
    return facts;
  }
}

/** The events of a send; none when it is about people. */
export function eventKeys({ request }: SentBatch): readonly string[] {
  return request.kind === "events" ? request.items.map(({ key }) => `${request.id} ${key}`) : [];
}

/** States in which Meta has what the batch says. */
export const TAKEN: ReadonlySet<string> = new Set(["succeeded", "partially_succeeded"]);
