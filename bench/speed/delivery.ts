/** Events on their way to an emulator on this machine, over HTTP. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { loadDestination } from "../../src/destination/load-destination.js";
import { EVENTS_CONFIG } from "./ours.js";
import { SENT_AT, type EventRecord } from "./records.js";

const PROGRAM = fileURLToPath(new URL("emulator.js", import.meta.url));
const PRODUCTION = /^https:\/\/[^/]+/;

/** Where events go until the process ends. */
export interface Loopback {
  deliver(records: readonly EventRecord[]): Promise<number>;
  stop(): void;
}

/** Starts an emulator to deliver to. */
export async function startLoopback(): Promise<Loopback> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstText(child);
  return {
    deliver: (records) => delivered(records, url),
    stop: () => child.kill(),
  };
}

/** Each time by a destination that has sent nothing yet; gives how many events arrived. */
async function delivered(records: readonly EventRecord[], url: string): Promise<number> {
  const destination = await loadDestination("retl/meta", {
    mapping: "mappings/events.yaml",
    directory: process.cwd(),
    env: { TOKEN: "any" },
    config: EVENTS_CONFIG,
    credentials: { accessToken: "env:TOKEN" },
    clock: () => SENT_AT,
    transport: (request) => fetch(new Request(request.url.replace(PRODUCTION, url), request)),
  });
  const result = await destination.deliver(records);
  if (result.records.acknowledged !== records.length)
    throw new Error(`${String(result.records.acknowledged)} of ${String(records.length)} arrived`);
  return result.records.acknowledged;
}

async function firstText({ stdout }: ChildProcess): Promise<string> {
  for await (const text of stdout ?? []) return String(text);
  throw new Error("the emulator says nothing");
}
