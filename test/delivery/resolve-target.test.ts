import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { declareBinding, type BindingOptions } from "../../src/config/binding-options.js";
import { resolveBinding } from "../../src/config/resolve-binding.js";
import { createRedactor } from "../../src/core/redact.js";
import { dryTargets, liveTargets, type TargetOptions } from "../../src/delivery/resolve-target.js";
import { createGraphClient } from "../../src/graph/client.js";
import type { Waiting } from "../../src/delivery/delivered.js";
import { Pacer } from "../../src/delivery/pacer.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { Store } from "../../src/store/store.js";

const GRAPH = "https://graph.facebook.com";
const LISTING = `/${API_VERSION}/act_1/customaudiences`;

afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

const NOW = Date.UTC(2026, 3, 30, 12);

interface Given {
  readonly valueBased?: boolean;
  readonly binding?: Partial<BindingOptions>;
  readonly store?: Store;
  /** Where waits are noted. */
  readonly waits?: Waiting[];
  readonly signal?: AbortSignal;
}

function options(given: Given = {}): TargetOptions {
  const { valueBased = false, binding = {}, store = memoryStore() } = given;
  const declaration = declareBinding(
    { config: { adAccountId: "1" }, credentials: { accessToken: () => "token" }, ...binding },
    "/",
  );
  const resolved = resolveBinding(declaration, "custom_audiences", { env: {}, toml: undefined });
  if (!resolved.ok) throw new Error(resolved.error.map(({ message }) => message).join("\n"));
  const { accessToken } = resolved.value.credentials;
  return {
    binding: resolved.value,
    valueBased,
    registry: store.targets,
    client: createGraphClient({ accessToken: () => accessToken.resolve() }),
    redact: createRedactor(() => []),
    persistence: persistence(given),
  };
}

/** Waits pass at once. */
function persistence({ waits = [], signal = new AbortController().signal }: Given) {
  const clock = () => NOW;
  return {
    pacer: new Pacer(clock, () => 0),
    paceKey: "1",
    clock,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    retry: DEFAULT_RETRY_POLICY,
    timeoutMs: 120_000,
    signal,
    onWait: (waiting: Waiting) => void waits.push(waiting),
  };
}

/** What was waited for, in seconds. */
function waited(waits: readonly Waiting[]): readonly string[] {
  return waits.map(({ until, because }) => `${String((until - NOW) / 1000)} s: ${because}`);
}

function listing(...audiences: readonly object[]): void {
  nock(GRAPH).get(LISTING).query(true).reply(200, { data: audiences });
}

const CUSTOM = { subtype: "CUSTOM" };

describe("a target of a live run", () => {
  it("is the audience that the binding names, and nobody is asked", async () => {
    const resolve = liveTargets(options({ binding: { targets: { VIP: "77" } } }));
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "77", status: "mapped" });
  });

  it("is found by its exact name, and then remembered", async () => {
    listing({ id: "1", name: "vip", ...CUSTOM }, { id: "2", name: "VIP", ...CUSTOM });
    const resolve = liveTargets(options());
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "2", status: "found" });
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "2", status: "registry" });
  });

  it("is created when no audience has its name, with the body of the contract", async () => {
    listing();
    nock(GRAPH)
      .post(LISTING, {
        name: "VIP",
        subtype: "CUSTOM",
        customer_file_source: "USER_PROVIDED_ONLY",
        description: 'Managed by retl-meta for target "VIP".',
        is_value_based: true,
      })
      .reply(200, { id: "3" });
    const resolve = liveTargets(options({ valueBased: true }));
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "3", status: "created" });
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "3", status: "registry" });
  });

  it("is held back alone when several audiences have its name", async () => {
    listing({ id: "1", name: "VIP", ...CUSTOM }, { id: "2", name: "VIP", ...CUSTOM });
    expect(await liveTargets(options())("VIP")).toEqual({
      kind: "failed",
      failure: {
        stops: "target",
        code: "target.several",
        message: 'several audiences are named "VIP": 1, 2. Say under `targets` which id is meant.',
      },
    });
  });

  it("is held back alone when the only audience of its name takes no uploads", async () => {
    listing({ id: "1", name: "VIP", subtype: "LOOKALIKE" });
    expect(await liveTargets(options())("VIP")).toMatchObject({
      failure: {
        stops: "target",
        code: "target.wrong_subtype",
        message: expect.stringContaining("1 (LOOKALIKE)"),
      },
    });
  });

  it("is held back alone when it takes no values and the mapping writes them", async () => {
    listing({ id: "1", name: "VIP", ...CUSTOM });
    nock(GRAPH)
      .get(`/${API_VERSION}/1`)
      .query({ fields: "id,is_value_based" })
      .reply(200, { id: "1" });
    expect(await liveTargets(options({ valueBased: true }))("VIP")).toMatchObject({
      failure: { stops: "target", code: "target.not_value_based" },
    });
  });

  it("stops the run when the terms are not accepted", async () => {
    listing();
    nock(GRAPH)
      .post(LISTING)
      .reply(400, {
        error: { message: "terms", code: 200, error_subcode: 1870034, fbtrace_id: "T" },
      });
    expect(await liveTargets(options())("VIP")).toMatchObject({
      kind: "failed",
      failure: {
        stops: "run",
        code: "meta.permission_denied",
        evidence: { code: 200, subcode: 1870034, fbtraceId: "T" },
      },
    });
  });

  it("is looked up again when Meta's answer is lost, and stops only itself in the end", async () => {
    const waits: Waiting[] = [];
    const attempts = DEFAULT_RETRY_POLICY.maxAttempts;
    nock(GRAPH).get(LISTING).query(true).times(attempts).reply(502, "<html>bad gateway</html>");
    expect(await liveTargets(options({ waits }))("VIP")).toMatchObject({
      failure: { stops: "target", code: "meta.unreadable", evidence: { httpStatus: 502 } },
    });
    expect(waited(waits)).toEqual(["0.5 s", "1 s", "2 s", "4 s", "8 s"].map((s) => `${s}: retry`));
  });

  it("waits as long as Meta says when the limit is used up", async () => {
    const waits: Waiting[] = [];
    const usage = { "1": [{ type: "ads_management", estimated_time_to_regain_access: 3 }] };
    nock(GRAPH)
      .get(LISTING)
      .query(true)
      .reply(
        400,
        { error: { message: "limit", code: 80004 } },
        { "x-business-use-case-usage": JSON.stringify(usage) },
      );
    listing({ id: "2", name: "VIP", ...CUSTOM });
    expect(await liveTargets(options({ waits }))("VIP")).toMatchObject({ id: "2" });
    expect(waited(waits)).toEqual(["180 s: throttled"]);
  });

  it("is looked for, and not made twice, when the answer to its creation is lost", async () => {
    const store = memoryStore();
    const waits: Waiting[] = [];
    listing();
    nock(GRAPH)
      .post(LISTING)
      .replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    listing({ id: "7", name: "VIP", ...CUSTOM });
    expect(await liveTargets(options({ store, waits }))("VIP")).toEqual({
      kind: "resolved",
      id: "7",
      status: "created",
    });
    expect(waited(waits)).toEqual(["0.5 s: retry", "120 s: lost_answer"]);
    expect(await store.targets.find("1", "VIP")).toMatchObject({
      audienceId: "7",
      createdByUs: true,
    });
  });

  it("is made again when its creation surely came to nothing", async () => {
    listing();
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    nock(GRAPH).post(LISTING).replyWithError(refused);
    nock(GRAPH).post(LISTING).reply(200, { id: "8" });
    expect(await liveTargets(options())("VIP")).toMatchObject({ id: "8", status: "created" });
  });

  it("is known as our own when an earlier run died while it was created", async () => {
    const store = memoryStore();
    await store.targets.creating("1", "VIP", NOW - 1_000, undefined);
    listing({ id: "9", name: "VIP", ...CUSTOM });
    expect(await liveTargets(options({ store }))("VIP")).toMatchObject({ status: "created" });
    expect(await store.targets.list()).toEqual([
      {
        adAccountId: "1",
        target: "VIP",
        audienceId: "9",
        createdByUs: true,
        trustedSince: NOW - 1_000,
        checkedAt: NOW,
      },
    ]);
  });

  it("is left to another run that began to create it meanwhile, and looked for once it must be there", async () => {
    const store = memoryStore();
    const waits: Waiting[] = [];
    nock(GRAPH)
      .get(LISTING)
      .query(true)
      .reply(200, async () => {
        await store.targets.creating("1", "VIP", NOW - 1_000, undefined);
        return { data: [] };
      });
    listing({ id: "9", name: "VIP", ...CUSTOM });
    expect(await liveTargets(options({ store, waits }))("VIP")).toMatchObject({ id: "9" });
    expect(waited(waits)).toEqual(["119 s: lost_answer"]);
  });

  it("is the audience that another run created meanwhile", async () => {
    const store = memoryStore();
    const ready = { adAccountId: "1", target: "VIP", createdByUs: true, at: NOW };
    nock(GRAPH)
      .get(LISTING)
      .query(true)
      .reply(200, async () => {
        await store.targets.remember({ ...ready, audienceId: "9" });
        return { data: [] };
      });
    expect(await liveTargets(options({ store }))("VIP")).toMatchObject({ id: "9" });
  });

  it("is not asked for once the run has stopped", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await liveTargets(options({ signal: stop.signal }))("VIP")).toMatchObject({
      kind: "failed",
      failure: { stops: "target" },
    });
  });
});

describe("a target of a dry run", () => {
  it("is looked up, but neither created nor remembered", async () => {
    listing();
    listing({ id: "5", name: "VIP", ...CUSTOM });
    const resolve = dryTargets(options());
    expect(await resolve("VIP")).toEqual({ kind: "open", status: "would_create" });
    expect(await resolve("VIP")).toEqual({ kind: "resolved", id: "5", status: "found" });
  });

  it("stays open when there is no token to ask with", async () => {
    const resolve = dryTargets(options({ binding: { credentials: { accessToken: "env:NONE" } } }));
    expect(await resolve("VIP")).toEqual({ kind: "open", status: "unresolved" });
  });
});
