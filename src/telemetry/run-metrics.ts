/** Runs as metrics. Names of targets are no attributes: there may be thousands. */
import type { Attributes, Meter } from "@opentelemetry/api";
import type { EndedRequest, Exchange, HttpCall, RunEvent } from "../delivery/run-event.js";
import type { RunResult } from "../delivery/run-result.js";
import { snakeJson } from "../report/snake-json.js";
import { Waits } from "../report/waits.js";
import { callAttributes, runAttributes } from "./attributes.js";
import { instrumentsOf, type Instruments } from "./instruments.js";

/** Listens to runs, one after the other. */
export class RunMetrics {
  private readonly instruments: Instruments;
  private run: Attributes = {};
  private startedAt = 0;
  private result: Readonly<RunResult> | undefined;
  private waits = new Waits();

  constructor(meter: Meter) {
    this.instruments = instrumentsOf(meter);
  }

  hear(event: RunEvent): void {
    const { at } = event;
    switch (event.kind) {
      case "began":
        this.run = runAttributes(event.run);
        this.startedAt = at;
        this.result = event.result;
        this.waits = new Waits();
        break;
      case "guarded":
        this.instruments.guarded.add(1, this.run);
        break;
      case "exchange":
        this.exchange(at, event);
        break;
      case "looked_up":
        this.duration(event, at);
        break;
      case "waiting": {
        const { because } = event.waiting;
        const before = this.waits.lengths[because];
        this.waits.add(at, event.waiting);
        const seconds = (this.waits.lengths[because] - before) / 1000;
        this.instruments.waitTime.add(seconds, this.with("wait.reason", because));
        break;
      }
      case "usage":
        this.instruments.usage.record(event.percent, { "retl_meta.usage.of": event.of });
        break;
      case "ended":
        this.ended(event);
        break;
      case "finished":
        this.over(at, event.result.status);
        break;
      case "broke_off":
        this.over(at, event.kind);
        break;
      default:
    }
  }

  private exchange(at: number, event: Exchange): void {
    const of = this.with("operation", event.operation);
    this.instruments.requests.add(1, { ...of, "retl_meta.outcome": event.came });
    if (event.attempt > 1) this.instruments.retries.add(1, of);
    this.duration(event, at);
  }

  private duration(
    { startedAt, call }: { readonly startedAt: number; readonly call: HttpCall },
    at: number,
  ): void {
    this.instruments.requestDuration.record((at - startedAt) / 1000, callAttributes(call));
  }

  private ended({ operation, end, items, accepted, rejected }: EndedRequest): void {
    const of = this.with("operation", operation);
    const counts = {
      accepted,
      rejected,
      unsettled: end === "unanswered" ? items : 0,
      not_sent: end === "not_sent" ? items : 0,
    };
    for (const [outcome, count] of Object.entries(counts))
      if (count > 0) this.instruments.items.add(count, { ...of, "retl_meta.outcome": outcome });
  }

  private over(at: number, status: string): void {
    const counts = this.result === undefined ? {} : snakeJson(this.result.records);
    for (const [outcome, count] of Object.entries(counts))
      if (outcome !== "read" && typeof count === "number" && count > 0)
        this.instruments.records.add(count, this.with("outcome", outcome));
    const seconds = (at - this.startedAt) / 1000;
    this.instruments.runDuration.record(seconds, this.with("status", status));
  }

  private with(name: string, value: string): Attributes {
    return { ...this.run, [`retl_meta.${name}`]: value };
  }
}
