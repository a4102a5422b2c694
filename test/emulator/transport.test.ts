import { afterEach, describe, expect, it } from "vitest";
import type { Transport } from "../../src/core/ports.js";
import { startEmulator, type RunningEmulator } from "../../src/emulator/http.js";
import {
  emulatorTransport,
  EMULATOR_TOKEN,
  redirectTransport,
} from "../../src/emulator/transport.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { digest, emulatorAt, NOW } from "./ask.js";

const running: RunningEmulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

async function start(): Promise<RunningEmulator> {
  const emulator = await startEmulator({ clock: () => NOW * 1000 });
  running.push(emulator);
  return emulator;
}

function eventsRequest(more: RequestInit = {}): Request {
  const event = {
    event_name: "Lead",
    event_time: NOW,
    action_source: "email",
    user_data: { em: [digest("a@example.test")] },
  };
  return new Request(`${ORIGIN}/${API_VERSION}/456/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${EMULATOR_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ data: [event] }),
    ...more,
  });
}

function redirect(url: string, fetch?: Transport): Transport {
  const transport = redirectTransport(url, fetch);
  if (!transport.ok) throw new TypeError(transport.error.message);
  return transport.value;
}

describe("the transport to an emulator in this process", () => {
  it("hands over requests for Meta", async () => {
    const { emulator } = emulatorAt();
    const response = await emulatorTransport(emulator)(eventsRequest());
    expect(await response.json()).toMatchObject({ events_received: 1 });
    expect(emulator.summary().pixels).toMatchObject([{ id: "456", stored: 1 }]);
  });

  it("rejects a request that was aborted, and hands nothing over", async () => {
    const { emulator } = emulatorAt();
    const request = eventsRequest({ signal: AbortSignal.abort(new Error("too late")) });
    await expect(emulatorTransport(emulator)(request)).rejects.toThrow("too late");
    expect(emulator.summary().pixels).toEqual([]);
  });

  it("rejects a request for anywhere else", async () => {
    const { emulator } = emulatorAt();
    await expect(
      emulatorTransport(emulator)(new Request("https://example.test/v25.0/me/permissions")),
    ).rejects.toThrow("the emulator stands in for `https://graph.facebook.com` only");
  });
});

describe("the transport to an emulator on this machine", () => {
  it("sends method, headers and body of requests for Meta there", async () => {
    const emulator = await start();
    const response = await redirect(emulator.url)(eventsRequest());
    expect(await response.json()).toMatchObject({ events_received: 1 });
    expect(emulator.summary().pixels).toMatchObject([{ id: "456", stored: 1 }]);
  });

  it("keeps path and query, and nothing but the origin of the given URL", async () => {
    const seen: string[] = [];
    const transport = redirect("http://localhost:4025/somewhere", (request) => {
      seen.push(request.url);
      return Promise.resolve(new Response());
    });
    await transport(new Request(`${ORIGIN}/${API_VERSION}/7?fields=id,name`));
    await transport(new Request(`${ORIGIN}//example.test/v1`));
    expect(seen).toEqual([
      `http://localhost:4025/${API_VERSION}/7?fields=id,name`,
      "http://localhost:4025//example.test/v1",
    ]);
  });

  it("passes an abort on", async () => {
    const emulator = await start();
    const request = eventsRequest({ signal: AbortSignal.abort(new Error("too late")) });
    await expect(redirect(emulator.url)(request)).rejects.toThrow("too late");
    expect(emulator.summary().pixels).toEqual([]);
  });

  it("rejects a request for anywhere else", async () => {
    const transport = redirect("http://127.0.0.1:4025");
    await expect(transport(new Request("https://example.test/"))).rejects.toThrow(
      "the emulator stands in for `https://graph.facebook.com` only",
    );
  });

  it.each(["http://127.0.0.1:4025", "http://127.1.2.3", "http://localhost:1", "http://[::1]:4025"])(
    "accepts %s",
    (url) => {
      expect(redirectTransport(url).ok).toBe(true);
    },
  );

  it.each([
    "https://graph.facebook.com",
    "https://127.0.0.1:4025",
    "http://192.168.0.1",
    "http://localhost.example.test",
    "http://127.0.0.1.example.test",
    "127.0.0.1:4025",
    "",
  ])("refuses %s", (url) => {
    expect(redirectTransport(url)).toEqual({
      ok: false,
      error: {
        code: "emulator.not_loopback",
        message: "the emulator's URL is not an `http` URL of this machine",
        remedy: "Give a URL like `http://127.0.0.1:4025`; the emulator listens on loopback only.",
      },
    });
  });
});
