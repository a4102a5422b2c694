/** One delivery over a store, killed again and again, and what has to hold after each kill. */
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import type { Migration } from "../../src/store/sql/store-meta.js";
import type { LedgerState } from "../../src/store/ledger.js";
import { heldEvents } from "./emulator-state.js";
import { NOW_MS, type Ended, type Processes } from "./processes.js";

const CHILD = fileURLToPath(new URL("child.js", import.meta.url));

/** So that a request has five events. */
const MAX_BODY_BYTES = 1_300;
/** Events of one request. */
export const EVENTS_PER_REQUEST = 5;

/** An instant of the child: `request`, `answer`, `settle 1`, `settle commit`, `settle committed`. */
export interface KillAt {
  readonly instant: string;
  /** How many times it is reached, from 1. */
  readonly nth: number;
}

/** What is delivered, and where. */
export interface DeliveryOptions {
  readonly processes: Processes;
  readonly url: string;
  readonly file: string;
  readonly origin: string;
  /** Three pixels, which are three lanes: by the name of their events. */
  readonly pixels: Readonly<Record<string, string>>;
  readonly migrations?: readonly Migration[];
  /** Delivered before by other means. */
  readonly delivered?: ReadonlySet<string>;
}

/** A request that surely left, or was about to. */
interface SentRequest {
  readonly run: number;
  readonly batch: string;
  readonly pixel: string;
  /** Of its events; no two pixels have the same. */
  readonly ids: readonly string[];
}

/** A delivery that survives its processes. */
export class CrashedDelivery {
  kills = 0;
  /** Requests with events that an earlier one had, too. */
  repeats = 0;
  private runs = 0;
  private readonly requests: SentRequest[] = [];
  /** Events whose acknowledgement was durable when a process ended. */
  private readonly durable: Set<string>;

  constructor(private readonly options: DeliveryOptions) {
    this.durable = new Set(options.delivered);
  }

  /** Runs until a failpoint. */
  async killAt(events: number, instant: string, nth = 1): Promise<void> {
    const ended = await this.run({ events, killAt: { instant, nth } });
    expect(ended.killed, `${instant} is reached`).toBe(true);
  }

  /** Kills when the child has printed so many lines, which it may outrun to its end. */
  async killAtLine(events: number, line: number): Promise<void> {
    const ended = await this.run({ events }, line);
    expect(ended.killed || ended.code === 0).toBe(true);
  }

  /** Runs to the end, and says what has to hold then. */
  async finish(events: number): Promise<void> {
    const ended = await this.run({ events });
    expect(ended.code).toBe(0);
    const { url, pixels } = this.options;
    let dropped = 0;
    for (const [name, pixel] of Object.entries(pixels)) {
      const ids = Array.from({ length: events }, (_, index) => `${name}-${String(index)}`).sort();
      const { duplicates, ...held } = await heldEvents(url, pixel);
      expect(held).toEqual({ stored: events, ids });
      dropped += duplicates;
    }
    expect(dropped).toBeLessThanOrEqual(this.repeats * EVENTS_PER_REQUEST);
    const states = new Set((await this.ledger()).values());
    expect([...states].filter((state) => OPEN.has(state))).toEqual([]);
  }

  private async run(
    job: { readonly events: number; readonly killAt?: KillAt },
    killAtLine?: number,
  ): Promise<Ended> {
    const { processes, url, file, origin, pixels, migrations } = this.options;
    const given = { ...job, url, file, origin, pixels, migrations, now: NOW_MS };
    const argv = [CHILD, JSON.stringify({ ...given, maxBodyBytes: MAX_BODY_BYTES })];
    const ended = await processes.run(argv, killAtLine === undefined ? {} : { killAtLine });
    this.runs += 1;
    if (ended.killed) this.kills += 1;
    this.judge(ended.lines.flatMap((line) => readRequest(line, this.runs)));
    await this.judgeLedger();
    return ended;
  }

  /** What was acknowledged for good never leaves again; of what was open, one request a lane does. */
  private judge(sent: readonly SentRequest[]): void {
    const before = new Set(this.requests.flatMap(({ ids }) => ids));
    expect(sent.filter((one) => one.ids.some((id) => this.durable.has(id)))).toEqual([]);
    const repeated = sent.filter((one) => one.ids.some((id) => before.has(id)));
    const lanes = repeated.map(({ pixel }) => pixel);
    expect(new Set(lanes).size, "one repeated request a lane").toBe(lanes.length);
    this.repeats += repeated.length;
    this.requests.push(...sent);
  }

  /** What left was written down first, and what is settled was sent once. */
  private async judgeLedger(): Promise<void> {
    const ledger = await this.ledger();
    for (const request of this.requests) {
      const state = ledger.get(request.batch);
      expect(["sending", "unknown", "succeeded"]).toContain(state);
      if (state !== "succeeded") continue;
      expect(this.requests.filter(({ batch }) => batch === request.batch)).toEqual([request]);
      for (const id of request.ids) this.durable.add(id);
    }
  }

  /** Empty where the process ended before there was a ledger. */
  private async ledger(): Promise<ReadonlyMap<string, LedgerState>> {
    const { file, migrations } = this.options;
    const opened = await openDuckdbStoreReadOnly({
      file,
      ...(migrations === undefined ? {} : { migrations }),
    });
    if (!opened.ok) {
      expect(["store.older", "store.foreign"]).toContain(opened.error.code);
      return new Map();
    }
    const batches = (await opened.value?.ledger.list({ limit: 10_000 })) ?? [];
    await opened.value?.close();
    return new Map(batches.map(({ batchId, state }) => [batchId, state]));
  }
}

const OPEN: ReadonlySet<LedgerState> = new Set(["pending", "sending"]);

function readRequest(line: string, run: number): readonly SentRequest[] {
  const [kind, batch = "", pixel = "", ids = ""] = line.split(" ");
  return kind === "request" ? [{ run, batch, pixel, ids: ids.split(",") }] : [];
}
