/** Runs as a log tells them: stable names, and never a person. */
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/delivery/run-event.js";
import { newRunResult } from "../../src/delivery/run-result.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { LOG_EVENTS, LOG_FIELDS } from "../../src/telemetry/log-catalogue.js";
import { logLine } from "../../src/telemetry/log-record.js";
import { RunLog } from "../../src/telemetry/run-log.js";
import { EmulatedAccount, lead, leads, member } from "../delivery/emulated/account.js";
import { ended, exchange } from "../delivery/told.js";

const RUN = { id: 7, sync: "vip", surface: "custom_audiences" } as const;

function began(): RunEvent {
  const result = newRunResult("custom_audiences", false, emptyTally());
  return { kind: "began", at: 0, run: RUN, result };
}

/** What is logged of events, as `level name` and its fields but for those of the run. */
function logged(events: readonly RunEvent[]) {
  const log = new RunLog();
  log.hear(began());
  return events
    .flatMap((event) => log.hear(event))
    .map(({ level, event, fields: { sync, run_id, ...fields } }) => {
      expect([sync, run_id]).toEqual(["vip", 7]);
      return [`${level} ${event}`, given(fields)];
    });
}

function given(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]: readonly [string, unknown]) => value !== undefined),
  );
}

const REFUSED = {
  method: "POST",
  template: "/v0.0/{custom_audience_id}/users",
  answer: { status: 400, code: 80003, subcode: 2446, fbtraceId: "Atrace", requestId: "Arequest" },
  evidenceCode: "meta.throttled",
} as const;

describe("the log of a run", () => {
  it("tells of an exchange what support asks for, and of a retry that it is one", () => {
    const throttled = { startedAt: 100, attempt: 3, came: "throttled", call: REFUSED } as const;
    const counts = { items: 500, accepted: 0, summary: "Too many calls. Wait." };
    expect(logged([exchange(350, { ...throttled, ...counts })])).toEqual([
      [
        "warn request.answered",
        {
          target: "VIP",
          operation: "upsert",
          items: 500,
          batch_id: "1-1",
          outcome: "throttled",
          items_accepted: 0,
          items_rejected: 0,
          "http.request.resend_count": 2,
          duration_ms: 250,
          "http.request.method": "POST",
          "url.template": "/v0.0/{custom_audience_id}/users",
          "http.response.status_code": 400,
          "error.type": "meta.throttled",
          meta_code: 80003,
          meta_subcode: 2446,
          fbtrace_id: "Atrace",
          fb_request_id: "Arequest",
          message: "Too many calls. Wait.",
        },
      ],
    ]);
  });

  it("warns of rows that Meta refused in a request that it took", () => {
    const [line] = logged([exchange(1, { items: 3, accepted: 2, rejected: 1 })]);
    expect(line).toEqual([
      "warn request.answered",
      expect.objectContaining({ outcome: "acknowledged", items_accepted: 2, items_rejected: 1 }),
    ]);
  });

  it("tells how requests end that are not acknowledged", () => {
    const ends = ["acknowledged", "split", "refused", "unanswered", "not_sent"] as const;
    const lines = logged(ends.map((end) => ended(1, { end })));
    const figures = { target: "VIP", operation: "upsert", items: 1 };
    expect(lines).toEqual([
      ["info request.ended", { ...figures, outcome: "split" }],
      ["error request.ended", { ...figures, outcome: "refused" }],
      ["error request.ended", { ...figures, outcome: "unanswered" }],
      ["warn request.ended", { ...figures, outcome: "not_sent" }],
    ]);
  });

  it("tells of a wait once, and of short ones nothing", () => {
    const waiting = (at: number, until: number): RunEvent => {
      return { kind: "waiting", at, waiting: { target: "VIP", until, because: "throttled" } };
    };
    expect(logged([waiting(0, 1_000), waiting(0, 60_000), waiting(1_000, 60_000)])).toEqual([
      [
        "info request.waits",
        {
          target: "VIP",
          wait_reason: "throttled",
          wait_ms: 60_000,
          wait_until: "1970-01-01T00:01:00.000Z",
        },
      ],
    ]);
  });

  it("tells that a limit is nearly used up when it becomes so, and again after it was lower", () => {
    const usages = [70, 76, 90, 20, 80].map((percent): RunEvent => {
      return { kind: "usage", at: 1, of: "act_1", percent };
    });
    expect(logged(usages)).toEqual([
      ["warn usage.high", { usage_of: "act_1", usage_percent: 76 }],
      ["warn usage.high", { usage_of: "act_1", usage_percent: 80 }],
    ]);
  });

  it("says every 30 seconds how far it is, when something happens", () => {
    const instants = [1_000, 29_999, 30_000, 31_000, 65_000];
    const lines = logged(instants.map((at) => ({ kind: "read", at, records: 10 })));
    expect(lines.map(([name]) => name)).toEqual(["info run.progress", "info run.progress"]);
    expect(lines[0]).toEqual([
      "info run.progress",
      {
        records: expect.objectContaining({ read: 0, acknowledged: 0 }),
        requests: expect.objectContaining({ planned: 0, attempts: 0 }),
      },
    ]);
  });

  it("tells at the end what went wrong, kind by kind, and how the run ended", () => {
    const result = newRunResult("custom_audiences", false, emptyTally());
    result.status = "blocked";
    result.stopped = "the token has ended";
    result.failures.push({
      target: "VIP",
      code: "meta.auth_failed",
      summary: "Ended.",
      evidence: undefined,
      count: 2,
    });
    result.rejections.set("missing", 3);
    expect(logged([{ kind: "finished", at: 5_000, result }])).toEqual([
      [
        "error run.failure",
        { target: "VIP", message: "Ended.", count: 2, "error.type": "meta.auth_failed" },
      ],
      [
        "error run.ended",
        expect.objectContaining({
          surface: "custom_audiences",
          status: "blocked",
          stopped: "the token has ended",
          rejections: { missing: 3 },
          duration_ms: 5_000,
        }),
      ],
    ]);
  });

  it("tells that a run broke off, and what it had done by then", () => {
    const lines = logged([{ kind: "broke_off", at: 40_000, code: "store.failed" }]);
    expect(lines).toEqual([
      [
        "error run.broke_off",
        {
          surface: "custom_audiences",
          records: expect.objectContaining({ acknowledged: 0 }),
          requests: expect.objectContaining({ planned: 0 }),
          duration_ms: 40_000,
          "error.type": "store.failed",
        },
      ],
    ]);
  });
});

/** The lines of real runs, in which most goes wrong that can. */
async function linesOfRuns(): Promise<readonly string[]> {
  const log = new RunLog();
  const lines: string[] = [];
  const listener = {
    event: (event: RunEvent) => {
      lines.push(...log.hear(event).map((record) => logLine(record, (text) => text)));
    },
  };
  const people = new EmulatedAccount("custom_audiences");
  await people.deliver([member("a"), member("b", "remove")], { listener });
  const answers = [500, 200, 400];
  const events = new EmulatedAccount("events", {
    between: (meta) => (request) => {
      const status = answers.shift();
      if (status === undefined) return Promise.reject(new TypeError("fetch failed"));
      return status === 200 ? meta(request) : Promise.resolve(new Response("<html>", { status }));
    },
  });
  const records = [lead("one", { identifiers: [] }), ...leads(1_500)];
  await events.deliver(records, { listener });
  return lines;
}

describe("the lines of runs", () => {
  it("have the names, levels and fields of the catalogue, and those only", async () => {
    const lines = await linesOfRuns();
    const seen = new Set<string>();
    for (const line of lines) {
      const parsed: Record<string, unknown> = JSON.parse(line);
      const { time, level, event, sync, run_id, ...fields } = parsed;
      const entry = Object.entries(LOG_EVENTS).find(([name]) => name === event)?.[1];
      expect([...(entry?.fields ?? [])]).toEqual(expect.arrayContaining(Object.keys(fields)));
      expect(entry?.levels).toContain(level);
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect([typeof sync, typeof run_id]).toEqual(["string", "number"]);
      seen.add(String(event));
    }
    expect([...seen].sort()).toEqual([
      "audience.looked_up",
      "request.answered",
      "request.ended",
      "request.waits",
      "run.began",
      "run.ended",
      "run.failure",
      "source.ended",
    ]);
  });

  it("name nobody: no address, no digest, no token", async () => {
    const text = (await linesOfRuns()).join("\n");
    expect(text).not.toMatch(/@|%40|[0-9a-f]{32}|Bearer|EAA/);
  });
});

describe("the catalogue of lines", () => {
  it("describes every field that a line may have, and none that no line has", () => {
    const used = Object.values(LOG_EVENTS).flatMap(({ fields }) => fields);
    const always = ["time", "level", "event", "sync", "run_id"];
    expect(new Set([...always, ...used])).toEqual(new Set(Object.keys(LOG_FIELDS)));
  });
});
