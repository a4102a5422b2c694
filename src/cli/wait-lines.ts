import type { Clock } from "../core/ports.js";
import type { Waiting } from "../delivery/delivered.js";
import type { RunEvent } from "../delivery/run-event.js";
import { WAIT_REASONS } from "../report/wait-reasons.js";
import type { Talk } from "./talk.js";

/** Shorter waits are part of everyday sending. */
const WORTH_TELLING_MS = 2_000;

/** Tells what a run waits for and until when; the same wait once, however many requests share it. */
export class WaitLines {
  private readonly told = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly talk: Talk,
  ) {}

  hear(event: RunEvent): void {
    if (event.kind === "waiting") this.tell(event.waiting);
  }

  private tell({ target, until, because }: Waiting): void {
    const seconds = Math.round((until - this.clock()) / 1000);
    const time = new Date(until).toISOString().slice(0, 19);
    const key = `${target} ${time} ${because}`;
    if (seconds * 1000 < WORTH_TELLING_MS || this.told.has(key)) return;
    this.told.add(key);
    void this.talk.note(
      `${target} waits ${String(seconds)} s, until ${time}Z: ${WAIT_REASONS[because]}.`,
    );
  }
}
