import type { Counter, Gauge, Histogram, Meter } from "@opentelemetry/api";

/** What is measured. */
export interface Instruments {
  readonly requests: Counter;
  readonly retries: Counter;
  readonly items: Counter;
  readonly records: Counter;
  readonly guarded: Counter;
  readonly waitTime: Counter;
  readonly usage: Gauge;
  readonly requestDuration: Histogram;
  readonly runDuration: Histogram;
}

/** Makes the instruments of a meter. Their names, units and meanings are stable. */
export function instrumentsOf(meter: Meter): Instruments {
  const counter = (name: keyof typeof METRICS) => meter.createCounter(name, METRICS[name]);
  const histogram = (name: keyof typeof METRICS, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, { ...METRICS[name], advice: { explicitBucketBoundaries } });
  return {
    requests: counter("retl_meta.requests"),
    retries: counter("retl_meta.retries"),
    items: counter("retl_meta.items"),
    records: counter("retl_meta.records"),
    guarded: counter("retl_meta.audiences.guarded"),
    waitTime: counter("retl_meta.wait.time"),
    usage: meter.createGauge("retl_meta.usage", METRICS["retl_meta.usage"]),
    requestDuration: histogram("http.client.request.duration", REQUEST_SECONDS),
    runDuration: histogram("retl_meta.run.duration", RUN_SECONDS),
  };
}

/** Every metric, by name. */
export const METRICS = {
  "retl_meta.run.duration": { unit: "s", description: "Runs by how they ended." },
  "retl_meta.records": { unit: "{record}", description: "Records by where they ended up." },
  "retl_meta.items": {
    unit: "{item}",
    description: "Rows and events of requests: accepted, rejected, unsettled or not_sent.",
  },
  "retl_meta.requests": {
    unit: "{request}",
    description: "Exchanges about records by what they came to.",
  },
  "retl_meta.retries": {
    unit: "{request}",
    description: "Those of them that tried a request again.",
  },
  "retl_meta.wait.time": { unit: "s", description: "How long requests waited, by reason." },
  "retl_meta.audiences.guarded": {
    unit: "{audience}",
    description: "Audiences that the removal guard stopped.",
  },
  "retl_meta.usage": {
    unit: "%",
    description: "How much of a limit is used up, by Meta's headers.",
  },
  "http.client.request.duration": {
    unit: "s",
    description: "Duration of HTTP client requests.",
  },
} as const;

/** What the semantic conventions advise, and on to the longest that is waited for an answer. */
const REQUEST_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120,
];

const RUN_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 10_800, 43_200];
