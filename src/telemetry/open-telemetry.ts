import { metrics, trace, type MeterProvider, type TracerProvider } from "@opentelemetry/api";
import type { RunEvent } from "../delivery/run-event.js";
import { RunMetrics } from "./run-metrics.js";
import { RunSpans } from "./run-spans.js";

/** Who gets the telemetry; those that are registered globally when missing. */
export interface OpenTelemetryOptions {
  readonly tracerProvider?: TracerProvider;
  readonly meterProvider?: MeterProvider;
}

/** The instrumentation scope. */
const SCOPE = "retl-meta";

/**
 * Makes a listener that tells OpenTelemetry of runs: of one at a time, so a destination has its own.
 * A run's span has the span as parent that is active when the run begins. Providers that throw are
 * left alone from then on: telemetry fails no run.
 *
 * @example
 * import { openTelemetry } from "retl-meta/telemetry";
 * await meta.deliver(records, { onEvent: openTelemetry() });
 */
export function openTelemetry({
  tracerProvider = trace.getTracerProvider(),
  meterProvider = metrics.getMeterProvider(),
}: OpenTelemetryOptions = {}): (event: RunEvent) => void {
  const spans = new RunSpans(tracerProvider.getTracer(SCOPE));
  const figures = new RunMetrics(meterProvider.getMeter(SCOPE));
  let works = true;
  return (event) => {
    if (!works) return;
    try {
      spans.hear(event);
      figures.hear(event);
    } catch {
      works = false;
    }
  };
}
