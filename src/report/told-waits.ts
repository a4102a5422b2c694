import type { Waiting } from "../delivery/delivered.js";

/** Shorter waits are part of everyday sending. */
const WORTH_TELLING_MS = 2_000;

/** Which waits are told: long ones, and the same one once, however many requests share it. */
export class ToldWaits {
  private readonly told = new Set<string>();

  /** For how long a request waits, rounded to seconds, in ms; nothing when it is not worth a word. */
  news(at: number, { target, until, because }: Waiting): number | undefined {
    const ms = Math.round((until - at) / 1000) * 1000;
    const key = JSON.stringify([target, Math.floor(until / 1000), because]);
    if (ms < WORTH_TELLING_MS || this.told.has(key)) return undefined;
    this.told.add(key);
    return ms;
  }
}
