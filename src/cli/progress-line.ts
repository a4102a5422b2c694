/** Where a run stands, in one line: what was read and how fast, what was sent, what it waits for, and its end. */
import type { RunEvent } from "../delivery/run-event.js";
import { duration } from "../report/duration.js";
import { counted, figure } from "../report/table.js";

/** How often it is told: a line that is written over, or lines one below the other. */
export type ProgressRhythm = "redrawn" | "lines";

/** A person reads no faster; and a log of hours is to be read as well. */
const EVERY_MS: Readonly<Record<ProgressRhythm, number>> = { redrawn: 100, lines: 30_000 };

/** Listens to a run and says where it stands. */
export class ProgressLine {
  private startedAt = 0;
  private shownAt = -Infinity;
  private read = 0;
  private sourceEndedAt: number | undefined;
  private acknowledged = 0;
  private sent = 0;
  private sentItems = 0;
  private firstSentAt: number | undefined;
  private waitsUntil = -Infinity;
  /** Rows that are to be sent, by audience, where a comparison told. */
  private readonly wanted = new Map<string, number>();

  constructor(private readonly rhythm: ProgressRhythm) {}

  /** Gives the line where it is time to show it. */
  hear(event: RunEvent): string | undefined {
    this.count(event);
    const isUrgent = event.kind === "waiting" && this.rhythm === "redrawn";
    if (event.at - this.shownAt < EVERY_MS[this.rhythm] && !isUrgent) return undefined;
    this.shownAt = event.at;
    return this.text(event.at);
  }

  private count(event: RunEvent): void {
    if (event.kind === "began") {
      this.startedAt = event.at;
      // Of lines the first comes when there is something to tell.
      if (this.rhythm === "lines") this.shownAt = event.at;
    }
    if (event.kind === "read") this.read += event.records;
    if (event.kind === "source_ended") this.sourceEndedAt = event.at;
    if (event.kind === "compared") this.wanted.set(event.target, event.rows);
    if (event.kind === "guarded") this.wanted.delete(event.target);
    if (event.kind === "waiting") this.waitsUntil = event.waiting.until;
    if (event.kind === "ended" && event.end !== "split") this.sentItems += event.items;
    if (event.kind !== "exchange") return;
    this.firstSentAt ??= event.startedAt;
    this.sent += 1;
    if (event.came === "acknowledged") this.acknowledged += 1;
  }

  private text(at: number): string {
    const { sent, acknowledged, read } = this;
    const open = sent === acknowledged ? "" : ` of ${figure(sent)} sent`;
    return [
      `${counted(read, "record")} read${this.rate(at)}`,
      ...(sent === 0 ? [] : [`${counted(acknowledged, "request")} acknowledged${open}`]),
      ...(this.waitsUntil > at ? [`waits ${duration(this.waitsUntil - at)}`] : this.left(at)),
    ].join(", ");
  }

  private rate(at: number): string {
    const seconds = ((this.sourceEndedAt ?? at) - this.startedAt) / 1000;
    return seconds < 1 ? "" : ` (${figure(Math.round(this.read / seconds))}/s)`;
  }

  /** Known of what was compared only: how much a source holds is not known before its end. */
  private left(at: number): readonly string[] {
    const all = [...this.wanted.values()].reduce((sum, rows) => sum + rows, 0);
    const rest = all - this.sentItems;
    if (this.firstSentAt === undefined || this.sentItems === 0 || rest <= 0) return [];
    const msPerItem = (at - this.firstSentAt) / this.sentItems;
    return [`about ${duration(rest * msPerItem)} left`];
  }
}
