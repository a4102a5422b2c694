/** What OpenTelemetry's own SDK makes of the telemetry of runs. */
import { SpanStatusCode, type AttributeValue, type Attributes } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";
import { openTelemetry } from "../../src/telemetry/open-telemetry.js";

/** Collects in memory. */
export class Collected {
  private readonly exporter = new InMemorySpanExporter();
  private readonly metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  private readonly meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: this.metrics })],
  });
  readonly event = openTelemetry({
    tracerProvider: new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.exporter)],
    }),
    meterProvider: this.meterProvider,
  });

  get spans(): readonly ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  /** The spans as a tree: name, from and to in ms since the start, and whether it failed. */
  tree(start: number): string {
    return this.below(undefined, start, 0).join("");
  }

  private below(parent: string | undefined, start: number, depth: number): readonly string[] {
    return this.spans
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
      .toSorted((one, other) => ms(one.startTime) - ms(other.startTime))
      .flatMap((span) => {
        const [from, to] = [ms(span.startTime) - start, ms(span.endTime) - start];
        const failed = span.status.code === SpanStatusCode.ERROR ? " failed" : "";
        const line = `${"  ".repeat(depth)}${span.name} ${String(from)}-${String(to)}${failed}\n`;
        return [line, ...this.below(span.spanContext().spanId, start, depth + 1)];
      });
  }

  /** Every value of every metric: `name{attributes}` to a number, of a histogram its count and sum. */
  async values(): Promise<Readonly<Record<string, unknown>>> {
    await this.meterProvider.forceFlush();
    const { scopeMetrics } = this.metrics.getMetrics().at(-1) ?? {
      scopeMetrics: [],
    };
    return Object.fromEntries(
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [
            `${descriptor.name} ${descriptor.unit} ${textOf(attributes)}`,
            typeof value === "object" && "sum" in value ? [value.count, value.sum] : value,
          ]),
        ),
      ),
    );
  }
}

function ms([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1000 + nanoseconds / 1_000_000;
}

function textOf(attributes: Attributes): string {
  const one = ([name, value]: [string, AttributeValue | undefined]) => `${name}=${String(value)}`;
  return Object.entries(attributes).map(one).sort().join(" ");
}
