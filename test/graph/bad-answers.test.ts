import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import type { Transport } from "../../src/core/ports.js";
import { ORIGIN } from "../../src/generated/constants.js";
import type { Answer } from "../../src/graph/answer.js";
import { answerTo, clientWith, graphError, NOW, USERS_REQUEST } from "./wire.js";

afterEach(() => {
  nock.cleanAll();
});

function send(transport: Transport, timeoutMs?: number): Promise<Answer> {
  return clientWith(transport, timeoutMs).send(USERS_REQUEST);
}

describe("an answer that says nothing", () => {
  it.each([
    ["an HTML page", 502, "<html><body>Bad gateway</body></html>", "not_json"],
    ["an HTML page that claims success", 200, "<!DOCTYPE html><p>Sorry</p>", "not_json"],
    ["JSON that was cut", 200, '{"num_received":2,"num_inv', "not_json"],
    ["an empty body", 200, "", "empty"],
    ["a body of blanks", 500, " \r\n", "empty"],
    ["JSON that is no object", 200, "[1,2]", "not_json"],
    ["JSON null", 200, "null", "not_json"],
    ["an error as text", 400, '{"error":"invalid_token"}', "error_without_code"],
    ["an error as text with a success status", 200, '{"error":"busy"}', "error_without_code"],
    ["an error without a code", 500, '{"error":{"message":"oops"}}', "error_without_code"],
    ["an error with an unreadable code", 500, '{"error":{"code":"x"}}', "error_without_code"],
    ["an error that is a list", 400, '{"error":[]}', "error_without_code"],
    ["a failure without an error", 500, '{"success":false}', "no_error"],
    ["a failure with an error of null", 503, '{"error":null}', "no_error"],
  ])("is told apart: %s", async (_, status, body, fault) => {
    expect(await answerTo(status, body)).toMatchObject({ kind: "unreadable", status, fault });
  });

  it("keeps the error's text as detail", async () => {
    expect(await answerTo(400, { error: "busy" })).toMatchObject({ detail: "busy" });
    expect(await answerTo(500, { error: { message: "oops" } })).toMatchObject({ detail: "oops" });
  });

  it("is a redirect, which is not followed", async () => {
    const elsewhere = nock("https://elsewhere.example").get("/").reply(200, {});
    nock(ORIGIN)
      .post("/v25.0/123/users")
      .reply(302, undefined, { location: "https://elsewhere.example/" });
    const answer = await clientWith().send(USERS_REQUEST);
    expect(answer).toMatchObject({ kind: "unreadable", status: 302, fault: "redirect" });
    expect(elsewhere.isDone()).toBe(false);
  });

  it("is larger than any honest answer", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const answer = await send(() => Promise.resolve(new Response(endless)));
    expect(answer).toMatchObject({ kind: "unreadable", fault: "too_large", status: 200 });
    expect(pulled).toBeLessThan(10);
  });

  it("breaks off in its body", async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"num_received":2}'));
        controller.error(new Error("terminated"));
      },
    });
    const answer = await send(() => Promise.resolve(new Response(broken)));
    expect(answer).toMatchObject({ kind: "unreadable", fault: "cut_off", status: 200 });
  });

  it("has no body at all", async () => {
    const answer = await send(() => Promise.resolve(new Response(null, { status: 204 })));
    expect(answer).toMatchObject({ kind: "unreadable", fault: "empty", status: 204 });
  });
});

describe("an answer that never comes", () => {
  it("ends at the time limit, also when the transport does not listen", async () => {
    expect(await send(() => new Promise(() => undefined), 1)).toEqual({
      kind: "no_answer",
      reason: "timeout",
      detail: "no answer within 1 ms",
    });
  });

  it("aborts a transport that listens", async () => {
    let signal: AbortSignal | undefined;
    const answer = await send((request) => {
      signal = request.signal;
      return new Promise((_, reject) => {
        request.signal.addEventListener("abort", () => {
          reject(new Error("aborted"));
        });
      });
    }, 1);
    expect(answer).toMatchObject({ kind: "no_answer", reason: "timeout" });
    expect(signal?.aborted).toBe(true);
  });

  it("ends at the time limit while the body is read", async () => {
    const stuck = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("{"));
      },
    });
    const answer = await send(() => Promise.resolve(new Response(stuck)), 5);
    expect(answer).toMatchObject({ kind: "no_answer", reason: "timeout" });
  });

  it.each([
    ["ECONNREFUSED", {}, "never_connected"],
    ["ENOTFOUND", {}, "never_connected"],
    ["EAI_AGAIN", {}, "never_connected"],
    ["UND_ERR_CONNECT_TIMEOUT", {}, "never_connected"],
    ["CERT_HAS_EXPIRED", {}, "never_connected"],
    ["ETIMEDOUT", { syscall: "connect" }, "never_connected"],
    ["ETIMEDOUT", { syscall: "read" }, "timeout"],
    ["UND_ERR_HEADERS_TIMEOUT", {}, "timeout"],
    ["ECONNRESET", {}, "reset"],
    ["UND_ERR_SOCKET", {}, "reset"],
    ["ESOMETHING", {}, "failed"],
    [7, {}, "failed"],
  ])(
    "tells by the cause whether Meta can have got the request: %s %o",
    async (code, more, reason) => {
      const cause = Object.assign(new Error("the cause"), { code, ...more });
      const answer = await send(() => Promise.reject(new TypeError("fetch failed", { cause })));
      expect(answer).toEqual({ kind: "no_answer", reason, detail: "fetch failed: the cause" });
    },
  );

  it("takes whatever a transport throws", async () => {
    const circular = new Error("again");
    circular.cause = circular;
    expect(await send(() => Promise.reject(circular))).toMatchObject({ reason: "failed" });
    const thrown: unknown = "text";
    const throwing: Transport = () => {
      throw thrown;
    };
    expect(await send(throwing)).toEqual({ kind: "no_answer", reason: "failed", detail: "" });
  });

  it("reads what fetch itself throws", async () => {
    nock(ORIGIN)
      .post("/v25.0/123/users")
      .replyWithError(Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" }));
    const answer = await clientWith().send(USERS_REQUEST);
    expect(answer).toMatchObject({ kind: "no_answer", reason: "never_connected" });
  });
});

describe("an answer that is readable", () => {
  it("is a Graph error also with HTTP 200, with numbers as text and data as JSON text", async () => {
    const answer = await answerTo(200, {
      error: {
        message: "(#100) Invalid parameter",
        type: "OAuthException",
        code: "100",
        error_subcode: "2804003",
        is_transient: "true",
        error_data: '{"blame_field_specs":[["data",0,"event_time"],"data",[],[{}]]}',
        error_user_title: "Event too old",
        error_user_msg: "Send it sooner.",
        fbtrace_id: "Abc",
      },
    });
    expect(answer).toMatchObject({
      kind: "graph_error",
      status: 200,
      fbtraceId: "Abc",
      error: {
        code: 100,
        subcode: 2804003,
        type: "OAuthException",
        message: "(#100) Invalid parameter",
        transient: true,
        userTitle: "Event too old",
        userMessage: "Send it sooner.",
        blame: [["data", 0, "event_time"], ["data"]],
      },
    });
  });

  it("takes the blame from an object too, and does without", async () => {
    const spec = { error_data: { blame_field_specs: [["payload", "data"]] } };
    expect(await answerTo(400, graphError(100, spec))).toMatchObject({
      error: { blame: [["payload", "data"]] },
    });
    for (const error_data of ["not json", 7, { blame_field_specs: "x" }, "[]"])
      expect(await answerTo(400, graphError(100, { error_data }))).toMatchObject({
        error: { blame: [] },
      });
  });

  it("names Meta's trace and request id, from the headers where the body has none", async () => {
    const headers = { "x-fb-trace-id": "head-trace", "x-fb-request-id": "head-request" };
    expect(await answerTo(200, { id: "1" }, headers)).toMatchObject({
      fbtraceId: "head-trace",
      requestId: "head-request",
    });
    expect(await answerTo(200, { fbtrace_id: "body-trace" }, headers)).toMatchObject({
      fbtraceId: "body-trace",
    });
    expect(await answerTo(400, graphError(1), headers)).toMatchObject({ fbtraceId: "AbCdEf123" });
    const untraced = graphError(1, { fbtrace_id: undefined });
    expect(await answerTo(400, untraced, headers)).toMatchObject({ fbtraceId: "head-trace" });
  });

  it("keeps every digit of an id that is a number", async () => {
    const text = '{"audience_id":23847291740150123,"name":"id 23847291740150123 \\" 1","small":12}';
    expect(await answerTo(200, text)).toMatchObject({
      body: { audience_id: "23847291740150123", name: 'id 23847291740150123 " 1', small: 12 },
    });
  });

  it("honours a Retry-After in seconds or as a date", async () => {
    const date = new Date(NOW + 90_000).toUTCString();
    const past = new Date(NOW - 90_000).toUTCString();
    const read = async (header: string) => {
      const answer = await answerTo(200, {}, { "retry-after": header });
      return answer.kind === "json" ? answer.retryAfterMs : undefined;
    };
    expect(await read("30")).toBe(30_000);
    expect(await read(date)).toBe(90_000);
    expect(await read(past)).toBe(0);
    expect(await read("soon")).toBeUndefined();
  });
});
