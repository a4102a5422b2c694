import type { RunEvent } from "../delivery/run-event.js";
import { ToldWaits } from "../report/told-waits.js";
import { WAIT_REASONS } from "../report/wait-reasons.js";
import type { Talk } from "./talk.js";

/** Tells what a run waits for and until when. */
export class WaitLines {
  private readonly waits = new ToldWaits();

  constructor(private readonly talk: Talk) {}

  hear(event: RunEvent): void {
    if (event.kind !== "waiting") return;
    const { target, until, because } = event.waiting;
    const ms = this.waits.news(event.at, event.waiting);
    if (ms === undefined) return;
    const time = new Date(until).toISOString().slice(0, 19);
    void this.talk.note(
      `${target} waits ${String(ms / 1000)} s, until ${time}Z: ${WAIT_REASONS[because]}.`,
    );
  }
}
