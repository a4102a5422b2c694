/** The simulated Meta: what it was told, and what it makes of a request once it reads it. */
import { DEDUP_SECONDS, MAX_EVENT_AGE_SECONDS } from "../../../src/generated/constants.js";
import { CELLS } from "../../../src/emulator/world/cells.js";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { OPERATION_STATUS } from "../../../src/emulator/world/audience.js";
import { createMembership } from "../../../src/emulator/world/membership.js";
import { createPeople } from "../../../src/emulator/world/people.js";
import { byActionSource } from "../../../src/surfaces/by-action-source.js";
import type { Flaw } from "../records/record.js";
import {
  closedTo,
  endOverdue,
  gather,
  type Closed,
  type Replaceable,
  type SessionCounts,
} from "./replace.js";
import type { WireEvent, WireRequest, WireRow } from "./wire.js";

/** An audience at Meta. */
export interface MetaAudience extends Replaceable {
  readonly id: string;
  readonly name: string;
  readonly valueBased: boolean;
}

/** A pixel at Meta. */
export interface MetaPixel {
  /** How often each event counts, by its key. */
  readonly counted: Map<string, number>;
  /** Unix seconds. */
  readonly firstReceipts: Map<string, number>;
}

/** What Meta makes of a request. */
export type Verdict =
  | {
      readonly kind: "received";
      readonly received: number;
      /** Rows that it does not take, by the cell that it names or does not name. */
      readonly malformed: readonly { readonly cell: string; readonly named: boolean }[];
      /** Of a session: what the answer counts. */
      readonly counted?: SessionCounts;
    }
  | Closed
  /** Nothing of it was applied. */
  | {
      readonly kind: "refused";
      readonly subcode: number | undefined;
      readonly blamed: readonly number[];
      readonly namesRight: boolean;
    };

type UsersRequest = Extract<WireRequest, { kind: "users" }>;

/** Meta's subcode for a removal that would leave too few people. */
export const TOO_FEW = 1_870_047;

const maxAge = byActionSource(MAX_EVENT_AGE_SECONDS);
const dedupWindow = byActionSource(DEDUP_SECONDS);

export class Meta {
  readonly pixels = new Map<string, MetaPixel>();
  /** By id. */
  readonly audiences = new Map<string, MetaAudience>();
  /** A removal that would leave fewer identifiers than these is refused. */
  leastLeft = 0;
  private readonly matching;

  /** @param flaws by the id of an event, or by a key cell */
  constructor(
    matching: MatchingKind,
    private readonly flaws: ReadonlyMap<string, Flaw>,
  ) {
    this.matching = matching === "cell" ? CELLS : createPeople();
  }

  addAudience(name: string, valueBased: boolean): MetaAudience {
    const id = String(2_000 + this.audiences.size);
    const membership = createMembership(this.matching);
    const audience: MetaAudience = {
      id,
      name,
      valueBased,
      membership,
      status: OPERATION_STATUS.nothingUploaded,
      replacing: undefined,
      endedSessions: new Set(),
    };
    this.audiences.set(id, audience);
    return audience;
  }

  pixel(id: string): MetaPixel {
    const known = this.pixels.get(id);
    if (known !== undefined) return known;
    const pixel = { counted: new Map<string, number>(), firstReceipts: new Map<string, number>() };
    this.pixels.set(id, pixel);
    return pixel;
  }

  /** Reads a request, and does what it says as far as it is sound. @param now milliseconds */
  take(request: WireRequest, now: number): Verdict {
    return request.kind === "events"
      ? this.takeEvents(request.id, request.items, now / 1000)
      : this.takeRows(request, now);
  }

  /** An audience as it is by now. @param now milliseconds */
  audienceAt(id: string, now: number): MetaAudience | undefined {
    const audience = this.audiences.get(id);
    if (audience !== undefined) endOverdue(audience, now);
    return audience;
  }

  private takeEvents(id: string, events: readonly WireEvent[], now: number): Verdict {
    const old = events.findIndex((event) => now - event.time > maxAge(event.actionSource));
    if (old >= 0) return { kind: "refused", subcode: 2_804_003, blamed: [old], namesRight: true };
    const refusal = this.refusal(events.map(({ key, corrected }) => ({ name: key, corrected })));
    if (refusal !== undefined) return refusal;
    for (const event of events) count(this.pixel(id), event, now);
    return { kind: "received", received: events.length, malformed: [] };
  }

  private takeRows(request: UsersRequest, now: number): Verdict {
    const { id, operation, items } = request;
    const audience = this.audienceAt(id, now);
    if (audience === undefined) throw new RangeError(`there is no audience ${id}`);
    const refusal =
      closedTo(audience, request) ??
      this.refusal(items.map((row) => ({ ...row, name: this.flawedKey(row) }))) ??
      this.tooFew(audience, request);
    if (refusal !== undefined) return refusal;
    const sound: WireRow[] = [];
    const malformed: { readonly cell: string; readonly named: boolean }[] = [];
    for (const row of items) {
      const key = this.flawedKey(row);
      const flaw = row.corrected ? undefined : this.flaws.get(key);
      if (flaw?.kind === "malformed") malformed.push({ cell: cellOf(key), named: flaw.named });
      else sound.push(row);
    }
    const received = { kind: "received", received: items.length, malformed } as const;
    if (operation === "replace")
      return { ...received, counted: gather(audience, request, sound, now) };
    carryOut(audience, operation, sound);
    return received;
  }

  private tooFew(
    { membership: { held } }: MetaAudience,
    { operation, items }: UsersRequest,
  ): Closed | undefined {
    if (operation !== "remove" || this.leastLeft === 0) return undefined;
    const reached = new Set(items.flatMap(({ keys }) => [...this.matching.reach(keys)]));
    const left = [...held.keys()].filter((identifier) => !reached.has(identifier)).length;
    return left < Math.min(this.leastLeft, held.size)
      ? { kind: "closed", code: 200, subcode: TOO_FEW }
      : undefined;
  }

  private flawedKey({ keys }: WireRow): string {
    return keys.find((key) => this.flaws.has(key)) ?? "";
  }

  /** The refusal that the first bad item brings on all of them. */
  private refusal(
    items: readonly { readonly name: string; readonly corrected: boolean }[],
  ): Extract<Verdict, { kind: "refused" }> | undefined {
    for (const [position, { name, corrected }] of items.entries()) {
      const flaw = corrected ? undefined : this.flaws.get(name);
      if (flaw?.kind !== "refused") continue;
      const other = (position + 1) % items.length;
      const blamed = { right: [position], wrong: [other], none: [] }[flaw.blame];
      const namesRight = blamed[0] === position;
      return { kind: "refused", subcode: flaw.subcode, blamed, namesRight };
    }
    return undefined;
  }
}

function carryOut(
  audience: MetaAudience,
  operation: "upsert" | "remove",
  rows: readonly WireRow[],
): void {
  const { membership } = audience;
  for (const { keys, beside } of rows)
    if (operation === "upsert") membership.add(keys, beside);
    else membership.remove(keys);
  if (audience.status === OPERATION_STATUS.nothingUploaded)
    audience.status = OPERATION_STATUS.normal;
}

/** Meta counts an event once in its window, which starts with the first that it received. */
function count(pixel: MetaPixel, { key, actionSource }: WireEvent, now: number): void {
  const first = pixel.firstReceipts.get(key);
  if (first !== undefined && now - first < dedupWindow(actionSource)) return;
  pixel.firstReceipts.set(key, now);
  pixel.counted.set(key, (pixel.counted.get(key) ?? 0) + 1);
}

function cellOf(key: string): string {
  return key.slice(key.indexOf("=") + 1);
}
