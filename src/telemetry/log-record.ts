import type { Json } from "../core/json.js";
import type { Redactor } from "../core/redact.js";
import type { LogEventName, LogField, LogLevel } from "./log-catalogue.js";

/** One thing that is logged. */
export interface LogRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: LogLevel;
  readonly event: LogEventName;
  readonly fields: LogFields;
}

/** What a line tells beside its time, level and name; what is `undefined` is left out. */
export type LogFields = Partial<
  Readonly<Record<Exclude<LogField, "time" | "level" | "event">, Json | undefined>>
>;

/** A record as one line of JSON, without the line's end. Redacted value by value, so that it stays JSON. */
export function logLine({ at, level, event, fields }: LogRecord, redact: Redactor): string {
  const told = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === "string" ? redact(value) : value,
  ]);
  const head = { time: new Date(at).toISOString(), level, event };
  return JSON.stringify({ ...head, ...Object.fromEntries(told) });
}
