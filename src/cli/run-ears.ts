/** Who hears of a run while it goes on: its user, its report, and whatever collects telemetry. */
import type { Session } from "../sync/session.js";
import { RunLog } from "../telemetry/run-log.js";
import { loadTelemetry, type RunEar } from "./load-telemetry.js";
import { ProgressLine } from "./progress-line.js";
import type { Talk } from "./talk.js";
import { WaitLines } from "./wait-lines.js";

/** All of them as one, and OpenTelemetry among them where it is installed. */
export async function heardBy(...ears: readonly RunEar[]): Promise<RunEar> {
  const telemetry = await loadTelemetry();
  const all = telemetry === undefined ? ears : [...ears, telemetry];
  return (event) => {
    for (const hear of all) hear(event);
  };
}

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
