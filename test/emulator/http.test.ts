import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { startEmulator, type RunningEmulator } from "../../src/emulator/http.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { digest, NOW } from "./ask.js";

const AUTHORISED = { authorization: "Bearer emulator", "content-type": "application/json" };
const A = digest("a@example.test");

const running: RunningEmulator[] = [];

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ clock: () => NOW * 1000, instanceId: "one", ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

function send(
  emulator: RunningEmulator,
  method: string,
  path: string,
  body?: string,
): Promise<Response> {
  return fetch(`${emulator.url}/${API_VERSION}${path}`, {
    method,
    headers: AUTHORISED,
    ...(body === undefined ? {} : { body }),
  });
}

describe("the emulator over HTTP", () => {
  it("listens on loopback, on a port of its own", async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.url).toBe(`http://127.0.0.1:${String(one.port)}`);
    expect(two.port).not.toBe(one.port);
  });

  it("rejects when its port is taken", async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("answers like the emulator inside, with the body of a DELETE too", async () => {
    const emulator = await start({ audiences: [{ id: "7", adAccountId: "1", name: "Seed" }] });
    const body = JSON.stringify({ payload: { schema: ["EMAIL"], data: [[A]] } });
    const added = await send(emulator, "POST", "/7/users", body);
    expect(added.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(added.headers.get("facebook-api-version")).toBe(API_VERSION);
    expect(emulator.summary().audiences[0]?.identifiers).toBe(1);
    const removed = await send(emulator, "DELETE", "/7/users", body);
    expect(await removed.json()).toMatchObject({ audience_id: "7", num_received: 1 });
    expect(emulator.summary().audiences[0]?.identifiers).toBe(0);
  });

  it("links to the next page at its own address", async () => {
    const audiences = ["7", "8"].map((id) => ({ id, adAccountId: "1", name: id }));
    const emulator = await start({ audiences });
    const response = await send(emulator, "GET", "/act_1/customaudiences?limit=1");
    expect(await response.text()).toContain(`"next":"${emulator.url}/${API_VERSION}/act_1/`);
  });

  it("refuses a request without a token", async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/${API_VERSION}/me/permissions`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 190 } });
  });

  it("reads letters that are cut in two between chunks", async () => {
    const emulator = await start();
    const name = "Käufer ✓";
    const bytes = new TextEncoder().encode(
      JSON.stringify({ name, subtype: "CUSTOM", customer_file_source: "USER_PROVIDED_ONLY" }),
    );
    const response = await fetch(`${emulator.url}/${API_VERSION}/act_1/customaudiences`, {
      method: "POST",
      headers: AUTHORISED,
      body: ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte))),
      duplex: "half",
    });
    expect(response.status).toBe(200);
    expect(emulator.summary().audiences[0]?.name).toBe(name);
  });

  it("answers a body above its limit with a page, and goes on", async () => {
    const emulator = await start({ maxBodyBytes: 100_000 });
    const response = await send(emulator, "POST", "/456/events", " ".repeat(1_000_000));
    expect(response.status).toBe(413);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect((await send(emulator, "GET", "/me/permissions")).status).toBe(200);
  });

  it("answers a URL that is too long with a page, as Meta does", async () => {
    const { port } = await start();
    const socket = connect(port, "127.0.0.1");
    socket.write(`DELETE /${API_VERSION}/7/users?payload=${"x".repeat(100_000)} HTTP/1.1\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 414 [\s\S]*Content-Type: text\/html[\s\S]*<html>/);
  });

  it("leaves a connection that speaks no HTTP", async () => {
    const { port } = await start();
    const socket = connect(port, "127.0.0.1");
    socket.write("hello\r\n\r\n");
    expect(await text(socket)).toBe("");
  });

  it("answers nobody any more once it is closed", async () => {
    const emulator = await start();
    await fetch(`${emulator.url}/_emulator/state`);
    await emulator.stop();
    await expect(fetch(`${emulator.url}/_emulator/state`)).rejects.toThrow("fetch failed");
  });
});

describe("GET /_emulator/state", () => {
  async function filled(): Promise<RunningEmulator> {
    const emulator = await start({
      matching: "person",
      audiences: [{ id: "7", adAccountId: "1", name: "Seed" }],
    });
    const users = { payload: { schema: ["EMAIL"], data: [[A]] } };
    await send(emulator, "POST", "/7/users", JSON.stringify(users));
    const event = {
      event_name: "Lead",
      event_time: NOW,
      action_source: "email",
      user_data: { em: [A] },
    };
    await send(emulator, "POST", "/456/events", JSON.stringify({ data: [event] }));
    return emulator;
  }

  const AUDIENCE = {
    id: "7",
    adAccountId: "1",
    name: "Seed",
    subtype: "CUSTOM",
    operationStatus: 200,
    uploads: { requests: 1, rows: 1, invalidRows: 0 },
    identifiers: 1,
    people: 1,
  };
  const PIXEL = {
    id: "456",
    counts: { requests: 1, received: 1, duplicates: 0, test: 0 },
    stored: 1,
    storedByName: { Lead: 1 },
  };

  it("tells without a token what the emulator holds", async () => {
    const emulator = await filled();
    const state: unknown = await (await fetch(`${emulator.url}/_emulator/state`)).json();
    expect(state).toEqual(emulator.state());
    expect(state).toEqual({
      instanceId: "one",
      matching: "person",
      audiences: [
        {
          ...AUDIENCE,
          held: [{ identifier: `EMAIL=${A}`, beside: [] }],
          groups: [[`EMAIL=${A}`]],
        },
      ],
      pixels: [
        {
          ...PIXEL,
          events: [
            {
              event_name: "Lead",
              event_time: NOW,
              action_source: "email",
              user_data: { em: [A] },
            },
          ],
          omitted: 0,
        },
      ],
      faults: {},
    });
  });

  it("tells counts only with `summary=1`", async () => {
    const emulator = await filled();
    const response = await fetch(`${emulator.url}/_emulator/state?summary=1`);
    expect(await response.json()).toEqual({
      instanceId: "one",
      matching: "person",
      audiences: [AUDIENCE],
      pixels: [PIXEL],
      faults: {},
    });
  });

  it("gives every emulator an instance id of its own", async () => {
    const [one, two] = await Promise.all([startEmulator(), startEmulator()]);
    running.push(one, two);
    expect(one.instanceId).not.toBe(two.instanceId);
    expect(one.summary().instanceId).toBe(one.instanceId);
  });
});
