import type { Waiting } from "../delivery/delivered.js";
import type { Clock } from "../core/ports.js";
import type { Talk } from "./talk.js";

/** Shorter waits are part of everyday sending. */
const WORTH_TELLING_MS = 2_000;

const REASONS: Readonly<Record<Waiting["because"], string>> = {
  throttled: "Meta's rate limit for it is used up",
  retry: "its last request failed and is tried again",
  lost_answer: "the answer to its last request was lost, and that request may still arrive",
};

/** Tells what a run waits for and until when; the same wait once, however many requests share it. */
export class WaitLines {
  private readonly told = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly talk: Talk,
  ) {}

  tell({ target, until, because }: Waiting): void {
    const seconds = Math.round((until - this.clock()) / 1000);
    const time = new Date(until).toISOString().slice(0, 19);
    const key = `${target} ${time} ${because}`;
    if (seconds * 1000 < WORTH_TELLING_MS || this.told.has(key)) return;
    this.told.add(key);
    void this.talk.note(
      `${target} waits ${String(seconds)} s, until ${time}Z: ${REASONS[because]}.`,
    );
  }
}
