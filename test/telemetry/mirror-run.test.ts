/** The spans, metrics and lines of a mirror's runs. */
import { beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/delivery/run-event.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { RunLog } from "../../src/telemetry/run-log.js";
import { logLine } from "../../src/telemetry/log-record.js";
import { settled } from "../sync/mirror/requests.js";
import { csv, people, type MirrorWorld } from "../sync/mirror/world.js";
import { Collected } from "./collected.js";

const RUN = "retl_meta.surface=custom_audiences retl_meta.sync=people";

let collected: Collected;
let lines: string[];
let world: MirrorWorld;
let start: number;

/** Each call takes a second; of VIP most people are gone, of Other one is, and one is new. */
beforeEach(async () => {
  collected = new Collected();
  lines = [];
  world = await settled([...people(100), ...people(5, "o", "Other")]);
  world.between = (meta) => (request) => {
    world.pass(1_000);
    return meta(request);
  };
  const log = new RunLog();
  const listener = {
    event: (event: RunEvent) => {
      collected.event(event);
      lines.push(...log.hear(event).map((record) => logLine(record, (text) => text)));
    },
  };
  const less = [...people(10), ...people(4, "o", "Other"), ...people(1, "new", "Other")];
  start = world.clock() + 3_600_000;
  const result = await world.run(csv(less), { listener });
  expect(result.status).toBe("partially_succeeded");
});

/** The attributes of a metric about calls. */
const call = (method: string, path: string) =>
  `http.request.method=${method} http.response.status_code=200 server.address=graph.facebook.com server.port=443 url.template=/${API_VERSION}/${path}`;

describe("a mirror's run in which one of two audiences is guarded", () => {
  it("is a span with what it asks, compares and sends, at the instants at which it was", () => {
    expect(collected.tree(start).replaceAll(`/${API_VERSION}/`, "/")).toBe(`retl_meta.run 0-4000
  GET /{object_id} 0-1000
  retl_meta.read 0-0
  retl_meta.compare 0-2000
  GET /{object_id} 1000-2000
  retl_meta.deliver 2000-4000
    DELETE /{custom_audience_id}/users 2000-3000
    POST /{custom_audience_id}/users 3000-4000
`);
  });

  it("has the audience that waits for somebody as an event of its span, and its counts", () => {
    const run = collected.spans.find(({ name }) => name === "retl_meta.run");
    const time = [(start + 2_000) / 1_000, 0];
    expect(run?.events).toMatchObject([
      { name: "retl_meta.guarded", attributes: { "retl_meta.target": "VIP" }, time },
    ]);
    expect(run?.attributes).toMatchObject({
      "retl_meta.sync": "people",
      "retl_meta.surface": "custom_audiences",
      "retl_meta.run.id": 2,
      "retl_meta.status": "partially_succeeded",
      "retl_meta.records.read": 15,
      "retl_meta.records.acknowledged": 1,
      "retl_meta.records.unchanged": 14,
    });
  });

  it("is counted and timed", async () => {
    const of = (operation: string) => `retl_meta.operation=${operation} retl_meta.outcome`;
    const took = "http.client.request.duration s";
    expect(await collected.values()).toEqual({
      [`${took} ${call("GET", "{object_id}")}`]: [2, 2],
      [`${took} ${call("DELETE", "{custom_audience_id}/users")}`]: [1, 1],
      [`${took} ${call("POST", "{custom_audience_id}/users")}`]: [1, 1],
      [`retl_meta.requests {request} ${of("remove")}=acknowledged ${RUN}`]: 1,
      [`retl_meta.requests {request} ${of("upsert")}=acknowledged ${RUN}`]: 1,
      [`retl_meta.items {item} ${of("remove")}=accepted ${RUN}`]: 1,
      [`retl_meta.items {item} ${of("upsert")}=accepted ${RUN}`]: 1,
      [`retl_meta.records {record} retl_meta.outcome=acknowledged ${RUN}`]: 1,
      [`retl_meta.records {record} retl_meta.outcome=unchanged ${RUN}`]: 14,
      [`retl_meta.audiences.guarded {audience} ${RUN}`]: 1,
      [`retl_meta.run.duration s retl_meta.status=partially_succeeded ${RUN}`]: [1, 4],
      "retl_meta.usage % retl_meta.usage.of=1": expect.any(Number),
    });
  });

  it("is lines of a log that name nobody", () => {
    const told = lines.map((line) => {
      const { level, event, target, items }: Record<string, unknown> = JSON.parse(line);
      const parts = [level, event, target, items].filter((part) => part !== undefined);
      return parts.map(String).join(" ");
    });
    expect(told).toEqual([
      "info run.began",
      "info source.ended",
      "debug audience.looked_up",
      "debug audience.looked_up",
      "info audience.compared Other 2",
      "info audience.compared VIP 90",
      "warn audience.guarded VIP",
      "info request.answered Other 1",
      "info request.answered Other 1",
      "error run.failure VIP",
      "warn run.ended",
    ]);
    expect(lines.join("\n")).not.toMatch(/@|%40|[0-9a-f]{32}|\b(?:p|o|new)\d/);
  });
});
