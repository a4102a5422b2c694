import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { declareBinding, type BindingOptions } from "../../src/config/binding-options.js";
import { resolveBinding } from "../../src/config/resolve-binding.js";
import { createRedactor } from "../../src/core/redact.js";
import { dryTargets, liveTargets, type TargetOptions } from "../../src/delivery/resolve-target.js";
import { createGraphClient } from "../../src/graph/client.js";
import { memoryStore } from "../../src/store/memory-store.js";

const GRAPH = "https://graph.facebook.com";
const LISTING = `/${API_VERSION}/act_1/customaudiences`;

afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

interface Given {
  readonly valueBased?: boolean;
  readonly binding?: Partial<BindingOptions>;
}

function options({ valueBased = false, binding = {} }: Given = {}): TargetOptions {
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
    registry: memoryStore().targets,
    client: createGraphClient({ accessToken: () => accessToken.resolve() }),
    redact: createRedactor(() => []),
  };
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

  it("stops only itself when Meta's answer is lost", async () => {
    nock(GRAPH).get(LISTING).query(true).reply(502, "<html>bad gateway</html>");
    expect(await liveTargets(options())("VIP")).toMatchObject({
      failure: { stops: "target", code: "meta.unreadable", evidence: { httpStatus: 502 } },
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
