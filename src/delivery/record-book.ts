/** How records are counted by what becomes of the requests that carry them. */
import type { Batch } from "../planning/batch.js";
import type { SessionPlace } from "../planning/session-place.js";
import type { NewReject } from "../store/rejects.js";
import type { Compared } from "./delivered.js";
import type { RecordCounts, RunResult } from "./run-result.js";

/** What carries records: a request, or what was packed for one. */
export interface Carrier {
  readonly operation: Batch["operation"];
  /** The logical target, or the pixel id. */
  readonly target: string;
  /** Of a replace. */
  readonly session?: SessionPlace;
  /** One per entry. */
  readonly recordIdentities: readonly string[];
}

/** Where a record that was carried can end up. */
export type CarriedEnd = Extract<
  keyof RecordCounts,
  "planned" | "acknowledged" | "unknown" | "failed" | "notSent"
>;

/** Counts the records of one run. */
export interface RecordBook {
  /** They are to be sent. */
  carried(carrier: Carrier): void;
  /** Their end; of a carrier that went on in parts, of those that are named. */
  ended(carrier: Carrier, end: CarriedEnd, identities?: readonly string[]): void;
  /** The end of a request of which Meta refused some; gives the refusals that are news of a record. */
  settled(carrier: Carrier, end: CarriedEnd, rejects: readonly NewReject[]): readonly NewReject[];
  compared(found: Compared): void;
  /** Nothing follows. */
  close(): void;
}

/** Counts where every record is an entry of one request. */
export class SentRecords implements RecordBook {
  constructor(private readonly result: RunResult) {}

  carried({ recordIdentities }: Carrier): void {
    this.result.records.read += recordIdentities.length;
  }

  ended(
    { recordIdentities }: Carrier,
    end: CarriedEnd,
    identities: readonly string[] = recordIdentities,
  ): void {
    this.result.records[end] += identities.length;
  }

  settled(
    { recordIdentities }: Carrier,
    end: CarriedEnd,
    rejects: readonly NewReject[],
  ): readonly NewReject[] {
    const { records } = this.result;
    records.rejected += rejects.length;
    records[end] += recordIdentities.length - rejects.length;
    return rejects;
  }

  compared({ kind }: Compared): void {
    throw new TypeError(`nothing is compared where every record is sent: ${kind}`);
  }

  close(): void {
    // Everything is counted as it comes.
  }
}
