import nock from "nock";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.js";
import { fail, ok } from "../../src/core/result.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { createGraphClient } from "../../src/graph/client.js";
import { clientWith, NOW, TOKEN, USERS_REQUEST } from "./wire.js";

afterEach(() => {
  nock.cleanAll();
});

const AUTHORIZATION = `Bearer ${TOKEN}`;

function meta(): nock.Scope {
  return nock(ORIGIN, { reqheaders: { authorization: AUTHORIZATION } });
}

describe("the Graph client", () => {
  it("posts a rendered users request with the bearer token and its body as it is", async () => {
    const bodies: unknown[] = [];
    meta()
      .post("/v25.0/123/users", (body) => bodies.push(body) > 0)
      .matchHeader("content-type", "application/json")
      .reply(200, { num_received: 2, num_invalid_entries: 0 });
    const answer = await clientWith().send(USERS_REQUEST);
    expect(answer).toMatchObject({ kind: "json", status: 200, body: { num_received: 2 } });
    expect(bodies).toEqual([JSON.parse(USERS_REQUEST.body.toString())]);
  });

  it("sends the body of a DELETE in the body, not in the query", async () => {
    const scope = meta()
      .delete("/v25.0/123/users", { payload: { schema: ["EMAIL"], data: [["a"]] } })
      .reply(200, { num_received: 1, num_invalid_entries: 0 });
    const body = Buffer.from('{"payload":{"schema":["EMAIL"],"data":[["a"]]}}');
    await clientWith().send({ method: "DELETE", path: "/v25.0/123/users", body });
    expect(scope.isDone()).toBe(true);
  });

  it("posts events to the pixel of the path", async () => {
    const scope = meta().post("/v25.0/456/events").reply(200, { events_received: 1 });
    const body = Buffer.from('{"data":[{}]}');
    await clientWith().send({ method: "POST", path: "/v25.0/456/events", body });
    expect(scope.isDone()).toBe(true);
  });

  it("sends text beyond ASCII as UTF-8, byte for byte", async () => {
    let sent: string | undefined;
    const body = Buffer.from('{"name":"Kärntner Straße 日本"}');
    const client = clientWith(async (request) => {
      sent = Buffer.from(await request.arrayBuffer()).toString("hex");
      return new Response("{}");
    });
    await client.send({ ...USERS_REQUEST, body });
    expect(sent).toBe(body.toString("hex"));
  });

  it("reads one audience with the fields asked for", async () => {
    const scope = meta()
      .get(`/${API_VERSION}/123`)
      .query({ fields: "id,is_value_based" })
      .reply(200, { id: "123" });
    await clientWith().readAudience("123", "id,is_value_based");
    expect(scope.isDone()).toBe(true);
  });

  it("takes an ad account with and without `act_`", async () => {
    const scope = meta()
      .get(`/${API_VERSION}/act_99/customaudiences`)
      .query({ fields: "id", limit: "5" })
      .twice()
      .reply(200, { data: [] });
    await clientWith().listAudiences("99", { fields: "id", limit: 5 });
    await clientWith().listAudiences("act_99", { fields: "id", limit: 5 });
    expect(scope.isDone()).toBe(true);
  });

  it("uses the API version that it was given", async () => {
    const scope = nock(ORIGIN).get("/v26.0/123").query({ fields: "id" }).reply(200, { id: "123" });
    const client = createGraphClient({ accessToken: () => ok(TOKEN), apiVersion: "v26.0" });
    await client.readAudience("123", "id");
    expect(scope.isDone()).toBe(true);
  });

  it("shows a transport the production URL", async () => {
    const urls: string[] = [];
    const client = clientWith((request) => {
      urls.push(`${request.method} ${request.url}`);
      return Promise.resolve(new Response("{}"));
    });
    await client.send(USERS_REQUEST);
    await client.readAudience("1/../2", "id");
    expect(urls).toEqual([
      "POST https://graph.facebook.com/v25.0/123/users",
      `GET https://graph.facebook.com/${API_VERSION}/1%2F..%2F2?fields=id`,
    ]);
  });

  it("looks the global fetch up when it sends, not when it is made", async () => {
    const client = clientWith();
    const fetch = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response('{"id":"1"}'));
    const answer = await client.readAudience("1", "id");
    fetch.mockRestore();
    expect(answer).toMatchObject({ kind: "json", body: { id: "1" } });
  });

  it("resolves the token for each request and not before", async () => {
    const tokens = ["first", "second"];
    const resolve = vi.fn(() => ok(tokens.shift() ?? "none"));
    const seen: (string | null)[] = [];
    const client = createGraphClient({
      accessToken: resolve,
      transport: (request) => {
        seen.push(request.headers.get("authorization"));
        return Promise.resolve(new Response("{}"));
      },
    });
    expect(resolve).not.toHaveBeenCalled();
    await client.send(USERS_REQUEST);
    await client.readAudience("1", "id");
    expect(seen).toEqual(["Bearer first", "Bearer second"]);
  });

  it("sends nothing without a token", async () => {
    const transport = vi.fn(() => Promise.resolve(new Response("{}")));
    const accessToken = () => Promise.resolve(fail(NO_TOKEN));
    const client = createGraphClient({ accessToken, transport, clock: () => NOW });
    expect(await client.send(USERS_REQUEST)).toEqual({ kind: "not_sent", problem: NO_TOKEN });
    expect(transport).not.toHaveBeenCalled();
  });

  it.each([
    "/v25.0/{custom_audience_id}/users",
    "v25.0/1/users",
    "@evil.example/users",
    ".evil.example/",
  ])("refuses the path `%s`", async (path) => {
    await expect(clientWith().send({ ...USERS_REQUEST, path })).rejects.toThrow(TypeError);
  });

  it("keeps a path with two slashes on Meta's host", async () => {
    const hosts: string[] = [];
    const client = clientWith((request) => {
      hosts.push(new URL(request.url).host);
      return Promise.resolve(new Response("{}"));
    });
    await client.send({ ...USERS_REQUEST, path: "//evil.example/users" });
    expect(hosts).toEqual(["graph.facebook.com"]);
  });
});

const NO_TOKEN: Diagnostic = {
  code: "config.missing_token",
  severity: "error",
  message: "no access token is configured",
  remedy: "Set `credential_namespace`.",
  place: { kind: "value", source: "credentials", path: "access_token" },
};
