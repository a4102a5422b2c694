import type { RunEvent } from "../delivery/run-event.js";

/** Hears of one run, or of several one after the other. */
export type RunEar = (event: RunEvent) => void;

/** Who tells OpenTelemetry of runs; nobody where `@opentelemetry/api`, an optional peer, is not installed. */
export async function loadTelemetry(): Promise<RunEar | undefined> {
  try {
    const { openTelemetry } = await import("../telemetry/open-telemetry.js");
    return openTelemetry();
  } catch (error) {
    if (isMissingModule(error)) return undefined;
    throw error;
  }
}

function isMissingModule(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
