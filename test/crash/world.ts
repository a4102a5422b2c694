/** What the crash tests of one file share: an emulator in a process of its own, and a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EVENTS_PER_REQUEST, type CrashedDelivery, type DeliveryOptions } from "./delivery.js";
import { emulatorState } from "./emulator-state.js";
import { Processes } from "./processes.js";

/** Names of events; each name has a pixel, and so a lane, of its own. */
export const NAMES = ["Purchase", "Lead", "Contact"];

/** Events of each name that are 60 requests together. */
export const SIXTY_REQUESTS = (60 / NAMES.length) * EVENTS_PER_REQUEST;

/** The world of one test file. */
export class CrashWorld {
  private readonly processes = new Processes();
  private folder = "";
  private url = "";
  private origin = "";

  async open(): Promise<void> {
    this.folder = await mkdtemp(path.join(tmpdir(), "retl-meta-crash-"));
    this.url = await this.processes.emulator();
    const { instanceId } = await emulatorState(this.url);
    if (typeof instanceId !== "string") throw new Error("the emulator has no id");
    this.origin = `emulator:${instanceId}`;
  }

  async close(): Promise<void> {
    await this.processes.end();
    await rm(this.folder, { recursive: true });
  }

  /** A store and three pixels of one test's own: its number tells them from those of others. */
  options(test: number): DeliveryOptions {
    const { processes, url, origin } = this;
    const pixels = NAMES.map((name, index): [string, string] => [name, `${test}0${index}`]);
    const file = path.join(this.folder, `${String(test)}.duckdb`);
    return { processes, url, file, origin, pixels: Object.fromEntries(pixels) };
  }
}

/** The instants of a transaction, up to after it became durable. */
export function instantsOf(transaction: string, statements: number): readonly string[] {
  const indexes = Array.from({ length: statements }, (_, index) => String(index));
  return [...indexes, "commit", "committed"].map((at) => `${transaction} ${at}`);
}

/** Says how often a kind of instant was tried and what it cost. */
export function report(kind: string, { kills, repeats }: CrashedDelivery): void {
  process.stderr.write(
    `killed ${kind}: ${String(kills)} kills, ${String(repeats)} repeated requests\n`,
  );
}
