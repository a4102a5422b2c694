/** What happens in a schedule, as invariants and the trace see it. */
import type { RunResult } from "../../src/delivery/run-result.js";
import type { MirrorWords } from "../../src/sync/mirror/mirror-rules.js";
import type { Settlement } from "../../src/store/ledger.js";
import type { BatchRow } from "../../src/store/memory/tables.js";
import type { AwaitPoint, CrashSide } from "./await-points.js";
import type { Verdict } from "./meta/meta.js";
import type { WireRequest } from "./meta/wire.js";
import type { CallKind, FaultName } from "./network/faults.js";
import type { Decision } from "./operator.js";
import type { SourceRecord } from "./records/record.js";

/** Calls, as far as the coverage of faults tells them apart. */
export type CallSort =
  /** The first attempt of a planned request of which nothing has ever left. */
  | "first"
  /** The first attempt in this run; some of it left in an earlier one. */
  | "later_run"
  /** A further attempt. */
  | "repeat"
  /** A part of a request that was refused for a record, or for its size. */
  | "isolated"
  | "halved"
  | "list"
  | "next_page"
  /** After a creation whose outcome nobody knows. */
  | "list_again"
  | "create"
  | "create_again"
  | "read";

/** One call on its way. */
export interface Exchange {
  readonly call: CallKind;
  readonly sort: CallSort;
  /** The ad account or pixel whose limits it counts against. */
  readonly paceKey: string;
  readonly leftAt: number;
  /** Of a send. */
  readonly sent: SentBatch | undefined;
}

/** What a send carries. */
export interface SentBatch {
  readonly path: string;
  readonly body: string;
  readonly request: WireRequest;
  /** The row of the ledger that says `sending` for this path, if one does. */
  readonly row: BatchRow | undefined;
  readonly attempt: number;
}

/** How an exchange was answered. */
export interface Heard {
  readonly exchange: Exchange;
  readonly fault: FaultName | undefined;
  /** Meta's own, whole 2xx that counts everything. */
  readonly complete: boolean;
  readonly provesNothingDone: boolean;
  /** Meta refused the request for some of its records. */
  readonly refusesRecords: boolean;
  /** The instant until which Meta asked for no call. */
  readonly statedUntil: number | undefined;
}

/** The bodies that a plan made just before a run showed, by lane and in their order. */
export type DryPlanned = ReadonlyMap<string, readonly string[]>;

/** The source of a run, as it stands then. */
export interface SourceState {
  readonly records: readonly SourceRecord[];
  readonly corrected: boolean;
}

export type Moment =
  /** A process begins; what it read of the store so far is nothing. */
  | {
      readonly kind: "born";
      /** Which sync it runs, or that people are erased. */
      readonly what: string;
      readonly source: SourceState;
      readonly faulty: boolean;
      /** The user wants everything sent again. */
      readonly resend: boolean;
      /** What the user says of a mirror. */
      readonly words: MirrorWords;
      readonly plan: DryPlanned | undefined;
    }
  | { readonly kind: "run_started"; readonly runId: number }
  /** A request starts: it is about to be written down, before it leaves. */
  | { readonly kind: "starts"; readonly paceKey: string }
  /** A mirror has written down what it changes in these targets. */
  | { readonly kind: "begun"; readonly targets: readonly string[] }
  | { readonly kind: "planned"; readonly row: BatchRow }
  | { readonly kind: "carried"; readonly row: BatchRow }
  | { readonly kind: "sending"; readonly row: BatchRow; readonly attempt: number }
  | { readonly kind: "left"; readonly exchange: Exchange }
  | { readonly kind: "done"; readonly exchange: Exchange; readonly verdict: Verdict | undefined }
  | { readonly kind: "answered"; readonly heard: Heard }
  | { readonly kind: "settled"; readonly row: BatchRow; readonly settlement: Settlement }
  | { readonly kind: "crashed"; readonly point: AwaitPoint; readonly side: CrashSide }
  | { readonly kind: "run_ended"; readonly result: RunResult }
  /** People are suppressed, durably, by whom they are known as Meta has them. */
  | { readonly kind: "suppressed"; readonly identifiers: readonly string[] }
  /** Somebody had people erased, and was told how that ended. */
  | {
      readonly kind: "erased";
      readonly identifiers: readonly string[];
      readonly status: RunResult["status"];
    }
  /** Nobody keeps an audience any more. */
  | { readonly kind: "released"; readonly audienceId: string }
  | { readonly kind: "decided"; readonly decision: Decision }
  /** Nothing will happen any more. */
  | { readonly kind: "finished" };

/** Tells of what happens. */
export type Emit = (moment: Moment) => void;
