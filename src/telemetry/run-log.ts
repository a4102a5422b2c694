/** What happens in a run as records of a log: figures and names of targets, nothing of a person. */
import { SLOW_FROM_PERCENT, type StatedUsage } from "../delivery/pacer.js";
import type {
  Exchange,
  ExchangeEnd,
  HttpCall,
  RequestEnd,
  RequestFigures,
  RunEvent,
  RunName,
} from "../delivery/run-event.js";
import type { Failure, RunResult, RunStatus } from "../delivery/run-result.js";
import { snakeJson } from "../report/snake-json.js";
import { ToldWaits } from "../report/told-waits.js";
import type { LogEventName, LogLevel } from "./log-catalogue.js";
import type { LogFields, LogRecord } from "./log-record.js";

/** How often a run that goes on says so, in ms. */
export const PROGRESS_EVERY_MS = 30_000;

/** Listens to runs, one after the other. */
export class RunLog {
  private run: RunName | undefined;
  private result: Readonly<RunResult> | undefined;
  private startedAt = 0;
  private toldAt = 0;
  private read = 0;
  private waits = new ToldWaits();
  private readonly high = new Set<string>();

  /** What there is to log of an event; a progress record may come with it. */
  hear(event: RunEvent): readonly LogRecord[] {
    const records = this.recordsOf(event);
    return [...records, ...this.progress(event)];
  }

  private recordsOf(event: RunEvent): readonly LogRecord[] {
    const { at } = event;
    switch (event.kind) {
      case "began":
        this.begin(at, event.run, event.result);
        return this.told(at, "info", "run.began", { surface: event.run.surface });
      case "read":
        this.read += event.records;
        return [];
      case "source_ended":
        return this.told(at, "info", "source.ended", { records_read: this.read });
      case "compared":
        return this.told(at, "info", "audience.compared", {
          target: event.target,
          items: event.rows,
        });
      case "guarded":
        return this.told(at, "warn", "audience.guarded", { target: event.target });
      case "planned":
        return [];
      case "exchange":
        return this.exchange(at, event);
      case "looked_up": {
        const level = event.answered ? "debug" : "warn";
        return this.told(at, level, "audience.looked_up", callFields(event, at));
      }
      case "waiting":
        return this.waiting(event);
      case "usage":
        return this.usage(at, event);
      case "ended": {
        const { end } = event;
        if (end === "acknowledged") return [];
        const fields = { ...figureFields(event), outcome: end };
        return this.told(at, END_LEVELS[end], "request.ended", fields);
      }
      case "finished":
        return this.finished(at, event.result);
      case "broke_off":
        return this.told(at, "error", "run.broke_off", {
          ...this.counts(this.result),
          duration_ms: at - this.startedAt,
          "error.type": event.code ?? "bug",
        });
    }
  }

  private begin(at: number, run: RunName, result: Readonly<RunResult>): void {
    this.run = run;
    this.result = result;
    this.startedAt = at;
    this.toldAt = at;
    this.read = 0;
    this.waits = new ToldWaits();
    this.high.clear();
  }

  private exchange(at: number, event: Exchange): readonly LogRecord[] {
    const { came, batchId, attempt, accepted, rejected, summary } = event;
    const level = came === "acknowledged" && rejected > 0 ? "warn" : EXCHANGE_LEVELS[came];
    return this.told(at, level, "request.answered", {
      ...figureFields(event),
      batch_id: batchId,
      outcome: came,
      items_accepted: accepted,
      items_rejected: rejected,
      "http.request.resend_count": attempt > 1 ? attempt - 1 : undefined,
      ...callFields(event, at),
      message: summary,
    });
  }

  private waiting({ at, waiting }: Extract<RunEvent, { kind: "waiting" }>): readonly LogRecord[] {
    const { target, until, because } = waiting;
    const ms = this.waits.news(at, waiting);
    if (ms === undefined) return [];
    return this.told(at, "info", "request.waits", {
      target,
      wait_reason: because,
      wait_ms: ms,
      wait_until: new Date(until).toISOString(),
    });
  }

  /** Told when it becomes so, and again after it was lower. */
  private usage(at: number, { of, percent }: StatedUsage): readonly LogRecord[] {
    const wasHigh = this.high.has(of);
    if (percent < SLOW_FROM_PERCENT) this.high.delete(of);
    else this.high.add(of);
    if (wasHigh || !this.high.has(of)) return [];
    return this.told(at, "warn", "usage.high", { usage_of: of, usage_percent: percent });
  }

  private finished(at: number, result: Readonly<RunResult>): readonly LogRecord[] {
    const { status, stopped, rejections } = result;
    return [
      ...result.failures.flatMap((failure) =>
        this.told(at, "error", "run.failure", failureFields(failure)),
      ),
      ...this.told(at, STATUS_LEVELS[status], "run.ended", {
        ...this.counts(result),
        status,
        stopped,
        rejections: rejections.size === 0 ? undefined : Object.fromEntries(rejections),
        duration_ms: at - this.startedAt,
      }),
    ];
  }

  private progress({ at, kind }: RunEvent): readonly LogRecord[] {
    const isOver = kind === "finished" || kind === "broke_off";
    if (this.result === undefined || isOver || at - this.toldAt < PROGRESS_EVERY_MS) return [];
    this.toldAt = at;
    const { records, requests } = this.counts(this.result);
    return this.told(at, "info", "run.progress", { records, requests });
  }

  private counts(result: Readonly<RunResult> | undefined): LogFields {
    if (result === undefined) return {};
    const { surface, records, requests } = result;
    return { surface, records: snakeJson(records), requests: snakeJson(requests) };
  }

  private told(
    at: number,
    level: LogLevel,
    event: LogEventName,
    fields: LogFields,
  ): readonly LogRecord[] {
    const { run } = this;
    const of = run === undefined ? {} : { sync: run.sync, run_id: run.id };
    return [{ at, level, event, fields: { ...of, ...fields } }];
  }
}

const EXCHANGE_LEVELS: Readonly<Record<ExchangeEnd, LogLevel>> = {
  acknowledged: "info",
  throttled: "warn",
  failed: "warn",
  unanswered: "warn",
  refused: "error",
};

const END_LEVELS: Readonly<Record<Exclude<RequestEnd, "acknowledged">, LogLevel>> = {
  split: "info",
  refused: "error",
  unanswered: "error",
  not_sent: "warn",
};

const STATUS_LEVELS: Readonly<Record<RunStatus, LogLevel>> = {
  succeeded: "info",
  partially_succeeded: "warn",
  interrupted: "warn",
  failed: "error",
  blocked: "error",
};

function figureFields({ target, operation, items }: RequestFigures): LogFields {
  return { target, operation, items };
}

function callFields(
  { startedAt, call }: { readonly startedAt: number; readonly call: HttpCall },
  at: number,
): LogFields {
  const { method, template, answer, evidenceCode } = call;
  return {
    duration_ms: at - startedAt,
    "http.request.method": method,
    "url.template": template,
    "http.response.status_code": answer.status,
    "error.type": evidenceCode,
    meta_code: answer.code,
    meta_subcode: answer.subcode,
    fbtrace_id: answer.fbtraceId,
    fb_request_id: answer.requestId,
  };
}

function failureFields({ target, code, summary, count, evidence }: Failure): LogFields {
  return {
    target,
    message: summary,
    count,
    "error.type": code,
    "http.response.status_code": evidence?.httpStatus,
    meta_code: evidence?.code,
    meta_subcode: evidence?.subcode,
    fbtrace_id: evidence?.fbtraceId,
    fb_request_id: evidence?.requestId,
  };
}
