import { describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind } from "../../src/emulator/faults/fault.js";
import { startEmulator } from "../../src/emulator/index.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { undocumented } from "./agreement.js";
import { digest, emulatorAt, NOW } from "./ask.js";

const USERS = { payload: { schema: ["EMAIL"], data: [[digest("a@example.test")]] } };

function addUsers(more: RequestInit = {}): Request {
  return new Request(`${ORIGIN}/${API_VERSION}/7/users`, {
    method: "POST",
    headers: { authorization: "Bearer emulator", "content-type": "application/json" },
    body: JSON.stringify(USERS),
    ...more,
  });
}

function struckBy(kind: FaultKind, seed = 1, sleeps: number[] = []): Emulator {
  return emulatorAt({
    audiences: [{ id: "7", adAccountId: "1", name: "Seed" }],
    faults: { [kind]: 1 },
    seed,
    sleep: (ms) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
  }).emulator;
}

/** How often requests under the seeds 1 to 40 were carried out although nobody heard of it. */
async function carriedOut(kind: FaultKind): Promise<number> {
  let count = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const emulator = struckBy(kind, seed);
    await emulator.receive(addUsers());
    count += emulator.summary().audiences[0]?.identifiers ?? 0;
  }
  return count;
}

describe("the fault", () => {
  it("5xx is an unknown error of Meta's with the status of a server's fault", async () => {
    const response = await struckBy("5xx").handle(addUsers());
    expect([500, 503]).toContain(response.status);
    expect(await undocumented(addUsers(), response)).toEqual([]);
    expect(await response.json()).toMatchObject({ error: { code: 1, is_transient: false } });
  });

  it("reset cuts the connection", async () => {
    expect(await struckBy("reset").receive(addUsers())).toEqual({ kind: "cut" });
    await expect(struckBy("reset").handle(addUsers())).rejects.toThrow("cut the connection");
  });

  it("hang never answers, until the caller gives up", async () => {
    expect(await struckBy("hang").receive(addUsers())).toEqual({ kind: "silence" });
    const caller = new AbortController();
    const call = struckBy("hang").handle(addUsers({ signal: caller.signal }));
    caller.abort(new Error("gave up"));
    await expect(call).rejects.toThrow("gave up");
    const late = struckBy("hang").handle(
      addUsers({ signal: AbortSignal.abort(new Error("late")) }),
    );
    await expect(late).rejects.toThrow("late");
  });

  it("html is a page, whatever its status", async () => {
    const statuses = new Set<number>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const response = await struckBy("html", seed).handle(addUsers());
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
      statuses.add(response.status);
    }
    expect([...statuses].sort()).toEqual([200, 400, 502]);
  });

  it("throttle says in the usage headers how long to wait, and carries nothing out", async () => {
    const emulator = struckBy("throttle");
    const response = await emulator.handle(addUsers());
    expect(await undocumented(addUsers(), response)).toEqual([]);
    expect(await response.json()).toMatchObject({ error: { code: 80003 } });
    expect(JSON.parse(response.headers.get("x-business-use-case-usage") ?? "")).toMatchObject({
      "1": [{ type: "custom_audience", call_count: 100, estimated_time_to_regain_access: 1 }],
    });
    expect(emulator.summary().audiences[0]?.identifiers).toBe(0);
    const events = new Request(`${ORIGIN}/${API_VERSION}/456/events`, { method: "POST" });
    expect(await (await emulator.handle(events)).json()).toMatchObject({ error: { code: 4 } });
  });

  it("transient says that trying again may help, and carries nothing out", async () => {
    const emulator = struckBy("transient");
    const response = await emulator.handle(addUsers());
    expect(await response.json()).toMatchObject({ error: { code: 2, is_transient: true } });
    expect(emulator.summary().audiences[0]?.identifiers).toBe(0);
  });

  it("slow answers after one to ten seconds, and well", async () => {
    const sleeps: number[] = [];
    const response = await struckBy("slow", 1, sleeps).handle(addUsers());
    expect(response.status).toBe(200);
    expect(sleeps).toEqual([expect.any(Number)]);
    expect(sleeps[0]).toBeGreaterThanOrEqual(1000);
    expect(sleeps[0]).toBeLessThanOrEqual(10_000);
  });

  it.each(["5xx", "reset", "hang", "html"] as const)(
    "%s leaves its sender in doubt: some of its requests were carried out",
    async (kind) => {
      const count = await carriedOut(kind);
      expect(count).toBeGreaterThan(5);
      expect(count).toBeLessThan(35);
    },
  );
});

describe("faults", () => {
  /** Which of a hundred requests met what. */
  async function story(seed: number): Promise<readonly string[]> {
    const { emulator } = emulatorAt({ faults: { reset: 0.1, "5xx": 0.2 }, seed });
    const replies: string[] = [];
    for (let request = 0; request < 100; request += 1) {
      const reply = await emulator.receive(addUsers());
      replies.push(reply.kind === "answer" ? String(reply.response.status) : reply.kind);
    }
    return replies;
  }

  it("are the same ones under the same seed, and others under another", async () => {
    expect(await story(7)).toEqual(await story(7));
    expect(await story(7)).not.toEqual(await story(8));
  });

  it("strike as often as they are asked to, and are counted in the state", async () => {
    const { emulator } = emulatorAt({ faults: { reset: 0.1, transient: 0.2 } });
    for (let request = 0; request < 1000; request += 1) await emulator.receive(addUsers());
    const { reset, transient, ...others } = emulator.state().faults;
    expect(reset).toBeGreaterThan(70);
    expect(reset).toBeLessThan(130);
    expect(transient).toBeGreaterThan(160);
    expect(transient).toBeLessThan(240);
    expect(others).toEqual({});
    expect(emulator.summary().faults).toEqual({ reset, transient });
  });

  it("never strike the state", async () => {
    const { emulator } = emulatorAt({ faults: { reset: 1 } });
    expect((await emulator.handle(new Request(`${ORIGIN}/_emulator/state`))).status).toBe(200);
  });

  it.each([{ reset: -0.1 }, { reset: 1.1 }, { reset: 0.6, hang: 0.6 }, { slow: Number.NaN }])(
    "are refused with the rates %j",
    async (faults) => {
      await expect(startEmulator({ faults })).rejects.toThrow("1 at most together");
    },
  );

  it("may take up all requests together", async () => {
    const faults = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 1 / FAULT_KINDS.length]));
    const { emulator } = emulatorAt({ faults, sleep: () => Promise.resolve() });
    for (let request = 0; request < 50; request += 1) await emulator.receive(addUsers());
    const struck = Object.values(emulator.state().faults).reduce((sum, count) => sum + count, 0);
    expect(struck).toBe(50);
  });

  it("are met over HTTP: a cut connection, and a silence that ends when the emulator stops", async () => {
    const options = { clock: () => NOW * 1000 };
    const cutting = await startEmulator({ ...options, faults: { reset: 1 } });
    const permissions = `/${API_VERSION}/me/permissions?access_token=any`;
    await expect(fetch(`${cutting.url}${permissions}`)).rejects.toThrow("fetch failed");
    const silent = await startEmulator({ ...options, faults: { hang: 1 } });
    const call = fetch(`${silent.url}${permissions}`).catch((error: unknown) => error);
    while (silent.summary().faults.hang === undefined) await new Promise(setImmediate);
    await Promise.all([cutting.stop(), silent.stop()]);
    expect(await call).toBeInstanceOf(TypeError);
  });
});
