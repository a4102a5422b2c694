import type { Verdict } from "./meta/meta.js";
import type { Heard, Moment, SentBatch } from "./moments.js";

/** Counts what happened in a schedule. */
export class Tally {
  readonly lanes = new Set<string>();
  /** Planned requests that left, each once, however often it was sent. */
  private readonly planned = new Set<string>();
  processes = 0;
  requests = 0;
  faults = 0;
  crashes = 0;

  /** @param also hears of every moment too */
  constructor(private readonly also: (moment: Moment) => void) {}

  get batches(): number {
    return this.planned.size;
  }

  readonly witness = (moment: Moment): void => {
    this.also(moment);
    switch (moment.kind) {
      case "born":
        this.processes += 1;
        break;
      case "left":
        this.requests += 1;
        if (moment.exchange.sent !== undefined) this.sent(moment.exchange.sent);
        break;
      case "done":
        if (moment.verdict !== undefined && isFault(moment.verdict)) this.faults += 1;
        break;
      case "answered":
        this.answered(moment.heard);
        break;
      case "crashed":
        this.crashes += 1;
        this.faults += 1;
        break;
      default:
    }
  };

  private answered({ fault }: Heard): void {
    if (fault !== undefined) this.faults += 1;
  }

  private sent({ path, row }: SentBatch): void {
    this.lanes.add(path);
    if (row !== undefined && row.parent === undefined) this.planned.add(row.fingerprint);
  }
}

/** Whether Meta does not take all of a request. */
function isFault(verdict: Verdict): boolean {
  return verdict.kind !== "received" || verdict.malformed.length > 0;
}
