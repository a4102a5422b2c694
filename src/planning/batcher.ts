/** Packs entries into batches: full where possible, a record never split, a remove never overtaking. */
import type { Entry } from "../surfaces/entry.js";
import { gather, type Written } from "../core/written.js";
import type { Batch } from "./batch.js";

/** How large batches get. */
export interface BatchLimits {
  /** Items (rows or events) in one request. */
  readonly maxItems: number;
  /** Bytes of the entries in one request, if limited. */
  readonly maxBytes: number | undefined;
  /** The size of an entry in the body; asked only where bytes are limited. */
  readonly bytesOf: (entry: Entry) => number;
}

/** Targets that fill side by side; with more, the least recently used batch is flushed. */
export const MAX_OPEN_BATCHES = 64;

/** What nearly every entry closes. */
const NOTHING: readonly Batch[] = [];

interface OpenBatch extends Batch {
  readonly entries: Entry[];
  items: number;
  bytes: number;
  lastUsed: number;
  /** How many of the entries hold no more in memory than they are. */
  gathered: number;
}

/**
 * Collects entries and gives back the batches that are ready. `add` gives those that an entry
 * closes, `drain` the rest, by first record.
 */
export class Batcher {
  /** By target. A map keeps insertion order, and a batch is inserted with its first record. */
  private readonly open = new Map<string, OpenBatch>();
  private clock = 0;

  constructor(private readonly limits: BatchLimits) {}

  add(entry: Entry): readonly Batch[] {
    const bytes = this.limits.maxBytes === undefined ? 0 : this.limits.bytesOf(entry);
    const current = this.open.get(entry.target);
    if (current !== undefined && this.takes(current, entry, bytes))
      return this.put(entry, bytes, current) ? NOTHING : [this.close(current)];
    const ready = current === undefined ? [] : [this.close(current)];
    const batch = this.start(entry, ready);
    if (!this.put(entry, bytes, batch)) ready.push(this.close(batch));
    return ready;
  }

  /** Puts an entry into a batch; false where that is full now. */
  private put(entry: Entry, bytes: number, batch: OpenBatch): boolean {
    batch.entries.push(entry);
    batch.items += entry.items;
    batch.bytes += bytes;
    this.clock += 1;
    batch.lastUsed = this.clock;
    return batch.items < this.limits.maxItems;
  }

  drain(): readonly Batch[] {
    return [...this.open.values()].map((batch) => this.close(batch));
  }

  /**
   * Lets go of whatever the entries that are kept hold of others; called when some rows have been added.
   * Those of the sheet that is still written on hold nothing yet.
   */
  gather(): void {
    for (const batch of this.open.values()) {
      const pieces: Written[] = [];
      for (; batch.gathered < batch.entries.length; batch.gathered += 1) {
        const piece = batch.entries[batch.gathered]?.json;
        if (piece?.sheet.isKept === false) break;
        if (piece !== undefined) pieces.push(piece);
      }
      gather(pieces);
    }
  }

  private takes(batch: OpenBatch, entry: Entry, bytes: number): boolean {
    const { maxItems, maxBytes = Infinity } = this.limits;
    return (
      batch.operation === entry.operation &&
      batch.items + entry.items <= maxItems &&
      batch.bytes + bytes <= maxBytes
    );
  }

  private start({ surface, operation, target }: Entry, ready: Batch[]): OpenBatch {
    if (this.open.size >= MAX_OPEN_BATCHES) ready.push(this.close(this.leastRecentlyUsed()));
    const parts = { surface, operation, target };
    const batch: OpenBatch = {
      ...parts,
      entries: [],
      items: 0,
      bytes: 0,
      lastUsed: 0,
      gathered: 0,
    };
    this.open.set(target, batch);
    return batch;
  }

  private leastRecentlyUsed(): OpenBatch {
    return [...this.open.values()].reduce((oldest, batch) =>
      batch.lastUsed < oldest.lastUsed ? batch : oldest,
    );
  }

  private close({ surface, operation, target, entries }: OpenBatch): Batch {
    this.open.delete(target);
    return { surface, operation, target, entries };
  }
}
