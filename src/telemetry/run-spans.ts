/** Runs as traces: the run, what it spends its time on, and each of its requests. */
import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import type { Exchange, HttpCall, RunEvent, RunName } from "../delivery/run-event.js";
import type { RunResult } from "../delivery/run-result.js";
import { snakeJson } from "../report/snake-json.js";
import { callAttributes, requestAttributes, runAttributes, traceAttributes } from "./attributes.js";

/** Listens to runs, one after the other; spans get the instants of what they tell of. */
export class RunSpans {
  private run: RunSpan | undefined;

  constructor(private readonly tracer: Tracer) {}

  hear(event: RunEvent): void {
    if (event.kind === "began") this.run = new RunSpan(this.tracer, event.at, event.run);
    this.run?.hear(event);
    if (event.kind === "finished" || event.kind === "broke_off") this.run = undefined;
  }
}

/** From when to when something was done. */
interface Stretch {
  from: number;
  until: number;
}

class RunSpan {
  private readonly root: Span;
  private readonly within: Context;
  private readonly attributes: Attributes;
  private readonly reading: Stretch;
  private comparing: Stretch | undefined;
  private delivering: Stretch | undefined;
  /** Made with the first exchange: only then it is known when the first request left. */
  private deliver: { readonly span: Span; readonly within: Context } | undefined;

  constructor(
    private readonly tracer: Tracer,
    at: number,
    run: RunName,
  ) {
    this.attributes = runAttributes(run);
    const attributes = { ...this.attributes, "retl_meta.run.id": run.id };
    this.root = tracer.startSpan("retl_meta.run", { startTime: new Date(at), attributes });
    this.within = trace.setSpan(context.active(), this.root);
    this.reading = { from: at, until: at };
  }

  hear(event: RunEvent): void {
    const { at } = event;
    switch (event.kind) {
      case "began":
      case "usage":
        break;
      case "read":
      case "source_ended":
        this.reading.until = at;
        break;
      case "compared":
        this.compared(at);
        break;
      case "guarded":
        this.compared(at);
        this.mark("retl_meta.guarded", at, { "retl_meta.target": event.target });
        break;
      case "planned":
      case "ended":
        this.delivering = extended(this.delivering, at);
        break;
      case "exchange":
        this.exchange(at, event);
        break;
      case "looked_up":
        this.call(event, at, event.answered, this.within, {});
        break;
      case "waiting":
        this.mark("retl_meta.wait", at, {
          "retl_meta.target": event.waiting.target,
          "retl_meta.wait.reason": event.waiting.because,
          "retl_meta.wait.seconds": (event.waiting.until - at) / 1000,
        });
        break;
      case "finished":
        this.finished(at, event.result);
        break;
      case "broke_off":
        this.end(at, "broke_off", event.code ?? "bug");
    }
  }

  private compared(at: number): void {
    const { until } = this.reading;
    this.comparing = extended(this.comparing ?? { from: until, until }, at);
  }

  private exchange(at: number, event: Exchange): void {
    this.delivering = extended(extended(this.delivering, event.startedAt), at);
    this.deliver ??= this.startDeliver(this.delivering.from);
    this.call(event, at, event.came === "acknowledged", this.deliver.within, {
      ...requestAttributes(event),
      "retl_meta.batch.id": event.batchId,
      "retl_meta.outcome": event.came,
      "retl_meta.items.accepted": event.accepted,
      "retl_meta.items.rejected": event.rejected,
      ...(event.attempt > 1 ? { "http.request.resend_count": event.attempt - 1 } : {}),
    });
  }

  private startDeliver(from: number): NonNullable<RunSpan["deliver"]> {
    const span = this.start("retl_meta.deliver", from);
    return { span, within: trace.setSpan(this.within, span) };
  }

  /** A request that is over by now. */
  private call(
    { startedAt, call }: { readonly startedAt: number; readonly call: HttpCall },
    at: number,
    isFine: boolean,
    parent: Context,
    more: Attributes,
  ): void {
    const attributes = {
      ...callAttributes(call),
      ...traceAttributes(call),
      ...this.attributes,
      ...more,
    };
    const span = this.tracer.startSpan(
      `${call.method} ${call.template}`,
      { kind: SpanKind.CLIENT, startTime: new Date(startedAt), attributes },
      parent,
    );
    if (!isFine) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(new Date(at));
  }

  private finished(at: number, { status, records }: Readonly<RunResult>): void {
    for (const [name, count] of Object.entries(snakeJson(records)))
      if (typeof count === "number") this.root.setAttribute(`retl_meta.records.${name}`, count);
    const isError = status === "failed" || status === "blocked";
    this.end(at, status, isError ? status : undefined);
  }

  private end(at: number, status: string, error: string | undefined): void {
    this.phase("retl_meta.read", this.reading);
    if (this.comparing !== undefined) this.phase("retl_meta.compare", this.comparing);
    if (this.delivering !== undefined) {
      const { span } = this.deliver ?? this.startDeliver(this.delivering.from);
      span.end(new Date(this.delivering.until));
    }
    this.root.setAttribute("retl_meta.status", status);
    if (error !== undefined)
      this.root.setAttribute("error.type", error).setStatus({ code: SpanStatusCode.ERROR });
    this.root.end(new Date(at));
  }

  private phase(name: string, { from, until }: Stretch): void {
    this.start(name, from).end(new Date(until));
  }

  private start(name: string, from: number): Span {
    const { attributes } = this;
    return this.tracer.startSpan(name, { startTime: new Date(from), attributes }, this.within);
  }

  private mark(name: string, at: number, attributes: Attributes): void {
    this.root.addEvent(name, attributes, new Date(at));
  }
}

function extended(stretch: Stretch | undefined, at: number): Stretch {
  if (stretch === undefined) return { from: at, until: at };
  return { from: Math.min(stretch.from, at), until: Math.max(stretch.until, at) };
}
