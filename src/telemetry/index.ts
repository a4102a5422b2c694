/**
 * Traces and metrics of runs, as `import { openTelemetry } from "retl-meta/telemetry"`. Needs
 * `@opentelemetry/api`, which is an optional peer: nothing else of the package does.
 *
 * @packageDocumentation
 */
export { openTelemetry, type OpenTelemetryOptions } from "./open-telemetry.js";
export type { RunEvent } from "../delivery/run-event.js";
