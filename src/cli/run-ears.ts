/** Who hears of a run while it goes on: its user, its report, and whatever collects telemetry. */
import type { RunEvent } from "../delivery/run-event.js";
import type { Session } from "../sync/session.js";
import { RunLog } from "../telemetry/run-log.js";
import { ProgressLine } from "./progress-line.js";
import type { Talk } from "./talk.js";
import { WaitLines } from "./wait-lines.js";

/** Hears of one run, or of several one after the other. */
export type RunEar = (event: RunEvent) => void;

/** Tells everything as lines of a log, or to people what is waited for. */
export function toldTo(talk: Talk, { redact }: Pick<Session, "redact">): RunEar {
  if (talk.logs) {
    const log = new RunLog();
    return (event) => {
      for (const record of log.hear(event)) void talk.log(record, redact);
    };
  }
  const waits = new WaitLines(talk);
  return (event) => {
    waits.hear(event);
  };
}

/** Tells people where a run stands; a log has lines of its own for that. */
export function progressTo(talk: Talk): RunEar {
  if (talk.logs) return () => undefined;
  const redrawn = new ProgressLine("redrawn");
  const lines = new ProgressLine("lines");
  return (event) => {
    const shown = redrawn.hear(event);
    if (shown !== undefined) talk.progress(shown);
    const line = lines.hear(event);
    if (line !== undefined) void talk.progressLine(line);
  };
}
