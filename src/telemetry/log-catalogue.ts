/** Every log line that there is, and every field: what they are called and what they mean. Both are stable. */

/** How much a line matters; `warn` is to be looked at, `error` needs somebody. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** A kind of line. */
export interface LogEventEntry {
  readonly levels: readonly LogLevel[];
  readonly tells: string;
  /** Beside `time`, `level` and `event`, and `sync` and `run_id` within a run; a field may be missing. */
  readonly fields: readonly LogField[];
}

/** The fields, by name: those of OpenTelemetry's semantic conventions where there is one. */
export const LOG_FIELDS = {
  time: "when, in UTC with milliseconds",
  level: "`debug`, `info`, `warn` or `error`",
  event: "what happened: a name of the table of lines",
  sync: "the sync's name; `records:` and the binding of a run over records",
  run_id: "the run's number in its store",
  surface: "`custom_audiences` or `events`",
  target: "the audience's name, or the pixel's id",
  operation: "`upsert`, `remove`, `replace` or `import`",
  batch_id: "as `ledger show` takes it",
  items: "rows or events in the request, or to be sent",
  items_accepted: "of them, those that Meta took",
  items_rejected: "of them, those that Meta refused for themselves",
  outcome: "what came of the exchange or the request",
  status: "how the run ended, as in the report",
  stopped: "why the run stopped early",
  records: "where the records are by now, by the names that `--json` has",
  requests: "what became of requests by now, by the names that `--json` has",
  records_read: "records that came out of the source",
  rejections: "rejected records by code",
  duration_ms: "how long it took, in milliseconds",
  wait_reason: "`throttled`, `paced`, `retry` or `lost_answer`",
  wait_ms: "for how long, in milliseconds",
  wait_until: "until when, in UTC",
  usage_of: "the ad account or pixel whose limit it is",
  usage_percent: "how much of the limit is used up, by Meta's headers",
  "http.request.method":
    "[HTTP method](https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/)",
  "http.request.resend_count": "how often the request was sent before",
  "http.response.status_code": "missing without an answer",
  "url.template": "the path with names in place of ids, never a query",
  "error.type": "why it failed: a code such as `meta.throttled`, or `store.failed`",
  meta_code: "the code of Meta's error",
  meta_subcode: "its subcode",
  fbtrace_id: "Meta's id of the exchange, for support cases",
  fb_request_id: "Meta's id of the request",
  code: "the code of the error or finding",
  message: "what it is, in a sentence",
  remedy: "what to do",
  docs: "where the manual says more",
  place: "the file with line and column, or the setting",
  count: "how often it happened",
  identity: "the record's identity, or a digest of it where it could be somebody's",
  field: "the field at fault",
} as const;

/** A field of a line. */
export type LogField = keyof typeof LOG_FIELDS;

const CALL = [
  "duration_ms",
  "http.request.method",
  "url.template",
  "http.response.status_code",
  "error.type",
  "meta_code",
  "meta_subcode",
  "fbtrace_id",
  "fb_request_id",
] as const;

const REQUEST = ["target", "operation", "items"] as const;

/** The lines, by the name that `event` has. */
export const LOG_EVENTS = {
  "run.began": entry(["info"], "a run began", ["surface"]),
  "run.progress": entry(["info"], "a run goes on; about every 30 seconds", ["records", "requests"]),
  "source.ended": entry(["info"], "the source came to its end, or broke off", ["records_read"]),
  "audience.compared": entry(["info"], "so many rows of an audience are to be sent", [
    "target",
    "items",
  ]),
  "audience.guarded": entry(["warn"], "the removal guard stopped an audience: it waits for you", [
    "target",
  ]),
  "audience.looked_up": entry(["debug", "warn"], "Meta was asked about audiences", CALL),
  "request.answered": entry(
    ["info", "warn", "error"],
    "one exchange about records: `outcome` is `acknowledged`, `throttled`, `failed`, `unanswered` or `refused`",
    [
      ...REQUEST,
      "batch_id",
      "outcome",
      "items_accepted",
      "items_rejected",
      "http.request.resend_count",
      ...CALL,
      "message",
    ],
  ),
  "request.ended": entry(
    ["info", "warn", "error"],
    "a request ended otherwise than acknowledged: `outcome` is `split` into parts, `refused`, `unanswered` (its rows are unsettled) or `not_sent`",
    [...REQUEST, "outcome"],
  ),
  "request.waits": entry(["info"], "requests wait for two seconds or more", [
    "target",
    "wait_reason",
    "wait_ms",
    "wait_until",
  ]),
  "usage.high": entry(["warn"], "three quarters of a limit are used up: requests come slower", [
    "usage_of",
    "usage_percent",
  ]),
  "run.failure": entry(["error"], "one kind of failure of a run, at its end", [
    "target",
    "message",
    "count",
    "error.type",
    "meta_code",
    "meta_subcode",
    "fbtrace_id",
    "fb_request_id",
    "http.response.status_code",
    "code",
    "docs",
  ]),
  "run.ended": entry(["info", "warn", "error"], "a run came to its end", [
    "surface",
    "status",
    "stopped",
    "records",
    "requests",
    "rejections",
    "duration_ms",
  ]),
  "run.broke_off": entry(["error"], "a run broke off: its store failed, or there is a bug", [
    "surface",
    "records",
    "requests",
    "duration_ms",
    "error.type",
  ]),
  "record.rejected": entry(["warn"], "a record was rejected; with `--json` only", [
    "identity",
    "code",
    "field",
    "message",
  ]),
  diagnostic: entry(["warn", "error"], "something about a file or a setting", [
    "code",
    "message",
    "remedy",
    "place",
    "docs",
  ]),
  error: entry(["error"], "the command cannot go on", ["code", "message", "remedy", "docs"]),
  note: entry(["info"], "a sentence worth knowing", ["message"]),
} as const satisfies Readonly<Record<string, LogEventEntry>>;

/** The name of a line. */
export type LogEventName = keyof typeof LOG_EVENTS;

function entry(
  levels: readonly LogLevel[],
  tells: string,
  fields: readonly LogField[],
): LogEventEntry {
  return { levels, tells, fields };
}
