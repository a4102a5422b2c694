/** The spans and metrics of whole runs, as OpenTelemetry's SDK has them. */
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { beforeEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { openTelemetry } from "../../src/telemetry/open-telemetry.js";
import { EmulatedAccount, lead, leads, member } from "../delivery/emulated/account.js";
import { NOW } from "../delivery/entries.js";
import { NEVER, sleepIn } from "../delivery/world.js";
import { Collected } from "./collected.js";

let collected: Collected;

beforeEach(() => {
  collected = new Collected();
});

/** Meta throttles the first call for a minute; each takes two seconds. */
function throttledOnce(): EmulatedAccount {
  let calls = 0;
  return new EmulatedAccount("events", {
    between:
      (meta, { time }) =>
      async (request) => {
        await sleepIn(time)(2_000, NEVER);
        calls += 1;
        if (calls > 1) return meta(request);
        const error = { code: 613, message: "Too many calls.", type: "x", fbtrace_id: "Atrace" };
        return Response.json({ error }, { status: 400, headers: { "retry-after": "60" } });
      },
  });
}

const EVENTS = `/${API_VERSION}/{pixel_id}/events`;
const CALL = `http.request.method=POST http.response.status_code=200 server.address=graph.facebook.com server.port=443 url.template=${EVENTS}`;
const RUN = "retl_meta.surface=events retl_meta.sync=records:meta";

describe("a run that is throttled once", () => {
  beforeEach(async () => {
    const { event } = collected;
    const records = [lead("nobody", { identifiers: [] }), ...leads(2)];
    await throttledOnce().deliver(records, { listener: { event } });
  });

  it("is a span with its phases and requests, at the instants at which they were", () => {
    expect(collected.tree(NOW)).toBe(`retl_meta.run 0-64000
  retl_meta.read 0-0
  retl_meta.deliver 0-64000
    POST ${EVENTS} 0-2000 failed
    POST ${EVENTS} 62000-64000
`);
  });

  it("says of a request what is asked first when it failed, and nothing of what was in it", () => {
    const [first, second] = collected.spans.filter(({ name }) => name.startsWith("POST"));
    const both = {
      "http.request.method": "POST",
      "url.template": EVENTS,
      "server.address": "graph.facebook.com",
      "server.port": 443,
      "retl_meta.sync": "records:meta",
      "retl_meta.surface": "events",
      "retl_meta.target": "456",
      "retl_meta.operation": "import",
      "retl_meta.batch.id": "1-1",
      "retl_meta.items": 2,
      "retl_meta.items.rejected": 0,
    };
    expect(first?.attributes).toEqual({
      ...both,
      "http.response.status_code": 400,
      "error.type": "meta.throttled",
      "retl_meta.outcome": "throttled",
      "retl_meta.items.accepted": 0,
      "retl_meta.meta.code": 613,
      "retl_meta.meta.fbtrace_id": "Atrace",
    });
    expect(second?.attributes).toEqual({
      ...both,
      "http.response.status_code": 200,
      "http.request.resend_count": 1,
      "retl_meta.outcome": "acknowledged",
      "retl_meta.items.accepted": 2,
      "retl_meta.meta.fbtrace_id": expect.any(String),
      "retl_meta.meta.request_id": expect.any(String),
    });
  });

  it("has the wait as an event of its span, and its counts as attributes", () => {
    const run = collected.spans.find(({ name }) => name === "retl_meta.run");
    expect(run?.events).toMatchObject([
      {
        name: "retl_meta.wait",
        attributes: {
          "retl_meta.target": "456",
          "retl_meta.wait.reason": "throttled",
          "retl_meta.wait.seconds": 60,
        },
      },
    ]);
    expect(run?.attributes).toMatchObject({
      "retl_meta.run.id": 1,
      "retl_meta.status": "succeeded",
      "retl_meta.records.read": 3,
      "retl_meta.records.acknowledged": 2,
      "retl_meta.records.rejected": 1,
    });
  });

  it("is counted and timed", async () => {
    const values = await collected.values();
    const failed = CALL.replace("status_code=200", "status_code=400");
    const usage = Object.keys(values).filter((name) => name.startsWith("retl_meta.usage "));
    for (const name of usage) expect(name).toMatch(/^retl_meta\.usage % retl_meta\.usage\.of=\S+$/);
    const others = Object.entries(values).filter(([name]) => !usage.includes(name));
    expect(Object.fromEntries(others)).toEqual({
      [`http.client.request.duration s error.type=meta.throttled ${failed}`]: [1, 2],
      [`http.client.request.duration s ${CALL}`]: [1, 2],
      [`retl_meta.requests {request} retl_meta.operation=import retl_meta.outcome=throttled ${RUN}`]: 1,
      [`retl_meta.requests {request} retl_meta.operation=import retl_meta.outcome=acknowledged ${RUN}`]: 1,
      [`retl_meta.retries {request} retl_meta.operation=import ${RUN}`]: 1,
      [`retl_meta.items {item} retl_meta.operation=import retl_meta.outcome=accepted ${RUN}`]: 2,
      [`retl_meta.records {record} retl_meta.outcome=acknowledged ${RUN}`]: 2,
      [`retl_meta.records {record} retl_meta.outcome=rejected ${RUN}`]: 1,
      [`retl_meta.wait.time s ${RUN} retl_meta.wait.reason=throttled`]: 60,
      [`retl_meta.run.duration s retl_meta.status=succeeded ${RUN}`]: [1, 64],
    });
  });
});

describe("other runs", () => {
  it("have the calls about audiences under the run", async () => {
    const account = new EmulatedAccount("custom_audiences");
    const { event } = collected;
    await account.deliver([member("a")], { listener: { event } });
    expect(collected.tree(NOW)).toBe(`retl_meta.run 0-0
  GET /${API_VERSION}/act_{ad_account_id}/customaudiences 0-0
  POST /${API_VERSION}/act_{ad_account_id}/customaudiences 0-0
  retl_meta.read 0-0
  retl_meta.deliver 0-0
    POST /${API_VERSION}/{custom_audience_id}/users 0-0
`);
  });

  it("count rows that are unsettled", async () => {
    const { event } = collected;
    const account = new EmulatedAccount("events", {
      between: () => () => Promise.reject(new TypeError("fetch failed")),
    });
    await account.deliver(leads(3), { listener: { event } });
    const values = await collected.values();
    const name = `retl_meta.items {item} retl_meta.operation=import retl_meta.outcome=unsettled ${RUN}`;
    expect(values[name]).toBe(3);
    const run = collected.spans.find((span) => span.name === "retl_meta.run");
    expect(run?.status.code).toBe(2);
    expect(run?.attributes["error.type"]).toBe("failed");
  });

  it("end their spans when they break off", async () => {
    const { event } = collected;
    const account = new EmulatedAccount("events");
    const breaking = async function* () {
      yield await Promise.resolve(lead("a"));
      throw new Error("the source broke off");
    };
    await expect(account.deliver(breaking(), { listener: { event } })).rejects.toThrow();
    const run = collected.spans.find(({ name }) => name === "retl_meta.run");
    expect(run?.attributes).toMatchObject({
      "retl_meta.status": "broke_off",
      "error.type": "bug",
    });
  });

  it("are not failed by a provider that throws", async () => {
    const tracerProvider = new BasicTracerProvider();
    const failing = {
      getTracer: (name: string) => {
        const tracer = tracerProvider.getTracer(name);
        return Object.assign(tracer, {
          startSpan: () => {
            throw new Error("no spans today");
          },
        });
      },
    };
    const account = new EmulatedAccount("events");
    const event = openTelemetry({ tracerProvider: failing });
    const result = await account.deliver(leads(1), { listener: { event } });
    expect(result.status).toBe("succeeded");
  });
});
