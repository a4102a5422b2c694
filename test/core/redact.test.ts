import { describe, expect, it } from "vitest";
import { createRedactor } from "../../src/core/redact.js";

const redact = createRedactor(() => []);

describe("redaction by shape", () => {
  it.each([
    ["a token", "token EAAB1234567890abcdefgh is bad", "token [redacted] is bad"],
    ["an app token", "use 1234567890|AbCdEfGh-ijklmno_pq", "use [redacted]"],
    ["a bearer header", "Authorization: Bearer abc.def-1", "Authorization: Bearer [redacted]"],
    ["a query parameter", "?access_token=abc&x=1", "?access_token=[redacted]&x=1"],
    ["a JSON field", '{"client_secret": "abc"}', '{"client_secret": "[redacted]"}'],
    ["a proof", "appsecret_proof: abc, next", "appsecret_proof: [redacted], next"],
    ["a password", "postgres://ann:p:w,1%40@db:5432/x", "postgres://ann:[redacted]@db:5432/x"],
    ["an e-mail", "for <Ann.Lee+x@mail.example.test>.", "for <[redacted]>."],
    ["an e-mail at the end", "it was ann@example.test.", "it was [redacted]."],
    ["an encoded e-mail", "?u=ann%40example.test&x", "?u=[redacted]&x"],
    ["an e-mail in JSON", '["ann@example.test"]', '["[redacted]"]'],
    ["an international e-mail", "jörg@bücher.example", "[redacted]"],
    ["a phone", "call +49 (170) 123-4567 now", "call [redacted] now"],
    ["a bare phone", "+491701234567", "[redacted]"],
  ])("takes out %s", (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    "order 1234567890123",
    "2026-04-30T12:00:00+02:00",
    "EAAB",
    "a@b",
    "@types/node",
    `digest ${"a".repeat(64)}`,
    "`user_data.em` is required by Meta",
    "1 + 1 = 2",
    "http://127.0.0.1:8080/@a",
  ])("leaves %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each([
    ["letters", "a".repeat(200_000)],
    ["plus signs", "+1".repeat(100_000)],
    ["at signs", "a@".repeat(100_000)],
    ["dots", `a@${"b.".repeat(100_000)}`],
    ["URLs", "://a:".repeat(50_000)],
    ["blanks", `bearer ${" ".repeat(200_000)}x`],
  ])("takes no more than linear time over many %s", (_, text) => {
    const start = process.hrtime.bigint();
    redact(text);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(2_000);
  });
});

describe("redaction by value", () => {
  it("takes out every form of a secret: plain, in a URL, in JSON", () => {
    const secret = 'p/ss "word"';
    const inAll = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`;
    expect(createRedactor(() => [secret])(inAll)).toBe('[redacted] [redacted] "[redacted]"');
  });

  it("takes out the longer secret first, so that nothing of it is left", () => {
    expect(createRedactor(() => ["abc", "abc-and-more"])("abc-and-more abc")).toBe(
      "[redacted] [redacted]",
    );
  });

  it("asks for the secrets anew each time, and takes no empty one", () => {
    const secrets = [""];
    const late = createRedactor(() => secrets);
    expect(late("plain tok")).toBe("plain tok");
    secrets.push("tok");
    expect(late("plain tok")).toBe("plain [redacted]");
  });
});
