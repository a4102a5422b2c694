import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  API_VERSION,
  compileMapping,
  ConfigurationError,
  destinations,
  loadDestination,
  registerDestination,
  type RunEvent,
} from "../../src/index.js";
import { createEmulator } from "../../src/emulator/emulator.js";
import { emulatorTransport } from "../../src/emulator/transport.js";
import { CLOCK, options, planned, PURCHASE, TOKEN, VIP } from "./fixture.js";

describe("a destination", () => {
  it("plans requests without resolving the token or sending anything", async () => {
    const meta = await loadDestination(
      "retl/meta",
      options({
        credentials: {
          accessToken: () => {
            throw new Error("the token was asked for");
          },
        },
        transport: () => Promise.reject(new Error("something was sent")),
      }),
    );
    const [request] = await planned(meta.plan([PURCHASE]));
    expect(request).toMatchObject({
      index: 0,
      surface: "events",
      operation: "import",
      target: "456",
      targetStatus: "mapped",
      method: "POST",
      path: `/${API_VERSION}/456/events`,
      recordIdentities: ['{"event_id":"o-1"}'],
      itemCounts: [1],
    });
  });

  it("delivers to the transport that it was given, which sees the production URL", async () => {
    const emulator = createEmulator({ clock: CLOCK, matching: "cell" });
    const toEmulator = emulatorTransport(emulator);
    const seen: string[] = [];
    const meta = await loadDestination(
      "retl/meta",
      options({
        transport: (request) => {
          seen.push(`${request.method} ${request.url}`);
          return toEmulator(request);
        },
      }),
    );
    const result = await meta.deliver([PURCHASE, { ...PURCHASE, identifiers: [] }]);
    expect(seen).toEqual([`POST https://graph.facebook.com/${API_VERSION}/456/events`]);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 2, acknowledged: 1, rejected: 1 },
      requests: { planned: 1, acknowledged: 1 },
    });
    expect(emulator.state().pixels[0]?.stored).toBe(1);
  });

  it("tells what happens while it delivers, and nothing of records", async () => {
    const emulator = createEmulator({ clock: CLOCK, matching: "cell" });
    const meta = await loadDestination("retl/meta", options({ transport: emulator.handle }));
    const events: RunEvent[] = [];
    await meta.deliver([PURCHASE], { onEvent: (event) => void events.push(event) });
    expect(events.map(({ kind }) => kind)).toEqual([
      "began",
      "read",
      "source_ended",
      "planned",
      "usage",
      "exchange",
      "ended",
      "finished",
    ]);
    expect(JSON.stringify(events)).not.toContain("buyer");
  });

  it("takes a mapping that was compiled from a text", async () => {
    const text = "mapping: 1\nsurface: events\nevent:\n  event_name: { value: Lead }\n";
    const rest =
      "  event_time: { from: occurred_at, as: unix_seconds }\n  action_source: config.action_source\n  user_data: { em: { identifier: email, normalize: meta_email, hash: sha256 } }\n";
    const { mapping, diagnostics } = compileMapping(text + rest, "mine.yaml");
    expect(diagnostics).toEqual([]);
    if (mapping === undefined) throw new Error("the mapping is sound");
    const meta = await loadDestination("retl/meta", options({ mapping }));
    expect(meta.mapping).toBe(mapping);
    const [request] = await planned(meta.plan([PURCHASE]));
    expect(request?.body).toMatchObject({ data: [{ event_name: "Lead" }] });
  });

  it("takes each record as it was when it was given, though one object serves for all", async () => {
    function* reused() {
      const order = { ...PURCHASE, key: { event_id: "" } };
      for (const id of ["o-1", "o-2", "o-3"]) {
        order.key.event_id = id;
        yield order;
      }
    }
    const meta = await loadDestination("retl/meta", options());
    const [request] = await planned(meta.plan(reused()));
    expect(request?.recordIdentities).toEqual(
      ["o-1", "o-2", "o-3"].map((event_id) => JSON.stringify({ event_id })),
    );
  });

  it("finds or creates an audience once, and remembers it in its store", async () => {
    const emulator = createEmulator({ clock: CLOCK, matching: "cell" });
    const toEmulator = emulatorTransport(emulator);
    const seen: string[] = [];
    const meta = await loadDestination(
      "retl/meta",
      options({
        mapping: "custom_audiences",
        transport: (request) => {
          seen.push(`${request.method} ${new URL(request.url).pathname}`);
          return toEmulator(request);
        },
      }),
    );
    const first = await meta.deliver([VIP]);
    const second = await meta.deliver([{ ...VIP, operation: "remove" }]);
    const id = emulator.state().audiences[0]?.id ?? "";
    expect(seen).toEqual([
      `GET /${API_VERSION}/act_1/customaudiences`,
      `POST /${API_VERSION}/act_1/customaudiences`,
      `POST /${API_VERSION}/${id}/users`,
      `DELETE /${API_VERSION}/${id}/users`,
    ]);
    expect(first.targets).toMatchObject([
      { target: "VIP", status: "created", operation: "upsert" },
    ]);
    expect(second.targets).toMatchObject([
      { target: "VIP", status: "registry", operation: "remove" },
    ]);
  });

  it("creates nothing in a dry run", async () => {
    const emulator = createEmulator({ clock: CLOCK, matching: "cell" });
    const meta = await loadDestination(
      "retl/meta",
      options({ mapping: "custom_audiences", transport: emulatorTransport(emulator) }),
    );
    const result = await meta.deliver([VIP], { dryRun: true });
    expect(result).toMatchObject({
      dryRun: true,
      records: { read: 1, planned: 1, acknowledged: 0 },
      targets: [{ target: "VIP", status: "would_create", requests: 1 }],
    });
    expect(emulator.state().audiences).toEqual([]);
  });

  it("does not show its token in inspect, JSON or text", async () => {
    const meta = await loadDestination("retl/meta", options());
    const { accessToken } = meta.binding.credentials;
    expect(accessToken.resolve()).toEqual({ ok: true, value: TOKEN });
    const shown = [inspect(meta, { depth: 10 }), JSON.stringify(meta.binding), String(accessToken)];
    expect(shown.join("\n")).not.toContain(TOKEN);
    expect(String(accessToken)).toBe("[redacted]");
  });

  it("tells what its surfaces take and how it is authorised", async () => {
    const meta = await loadDestination("retl/meta", options());
    expect(meta.auth).toEqual({ mode: "bearer", credential: "access_token" });
    expect(meta.surfaces.map(({ surface, operations }) => [surface, operations])).toEqual([
      ["custom_audiences", ["upsert", "remove"]],
      ["events", ["import"]],
    ]);
    expect(meta.surfaces[0]?.acceptedIdentifiers).toContain("mobile_advertising_id");
    expect(meta.surfaces[1]?.acceptedIdentifiers).toContain("external_id");
  });
});

describe("the registry of destinations", () => {
  it("knows retl/meta and names it when another is asked for", async () => {
    expect([...destinations.keys()]).toContain("retl/meta");
    await expect(loadDestination("retl/metta", options())).rejects.toThrow(
      "Did you mean `retl/meta`?",
    );
    await expect(loadDestination("something", options())).rejects.toThrow("Known: `retl/meta`");
  });

  it("takes another destination", async () => {
    const meta = await loadDestination("retl/meta", options());
    registerDestination("test/other", () => Promise.resolve(meta));
    await expect(loadDestination("test/other", options())).resolves.toBe(meta);
    destinations.delete("test/other");
  });

  it("reports everything that is wrong with a configuration at once", async () => {
    const loading = loadDestination("retl/meta", {
      mapping: "events",
      env: {},
      config: { apiVersion: "/" },
      concurrency: 99,
    });
    const error: unknown = await loading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    const codes =
      error instanceof ConfigurationError ? error.diagnostics.map(({ place }) => place) : [];
    expect(codes.length).toBeGreaterThanOrEqual(4);
  });

  it("says which mapping is missing", async () => {
    await expect(loadDestination("retl/meta", options({ mapping: "evnets" }))).rejects.toThrow(
      "Did you mean `events`?",
    );
    await expect(loadDestination("retl/meta", options({ mapping: "./none.yaml" }))).rejects.toThrow(
      "there is no mapping file",
    );
  });
});
