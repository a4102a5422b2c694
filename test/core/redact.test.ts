import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, hidingIdentifiers, isSafeText } from "../../src/core/redact.js";

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
    ["a password that begins like the word", "x://u:password1@h", "x://u:[redacted]@h"],
    ["an e-mail", "for <Ann.Lee+x@mail.example.test>.", "for <[redacted]>."],
    ["an e-mail at the end", "it was ann@example.test.", "it was [redacted]."],
    ["an encoded e-mail", "?u=ann%40example.test&x", "?u=[redacted]&x"],
    ["an e-mail that is encoded twice", "?u=ann%2540example.test&x", "?u=[redacted]&x"],
    ["an e-mail that is encoded three times", "ann%252540example.test", "[redacted]"],
    ["an e-mail in HTML", "<b>ann&#64;example.test</b>", "<b>[redacted]</b>"],
    ["an e-mail in HTML, by its hex digits", "ann&#X0040;example.test", "[redacted]"],
    ["an e-mail in HTML, by a name", "ann&commat;example.test", "[redacted]"],
    ["an escaped e-mail", '{"m":"jo\\u0040example.test"}', '{"m":"[redacted]"}'],
    ["an e-mail that is escaped twice", "jo\\\\u0040example.test", "[redacted]"],
    [
      "an e-mail that is escaped otherwise",
      "jo\\x40example.test jo\\u{40}example.test",
      "[redacted] [redacted]",
    ],
    ["an e-mail in full width", "ann\uFF20example.test", "[redacted]"],
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
    ["encoded at signs", "%40".repeat(60_000)],
    ["escaped at signs", "\\u0040".repeat(30_000)],
    ["percent signs", "%25".repeat(60_000)],
    ["dots", `a@${"b.".repeat(100_000)}`],
    ["URLs", "://a:".repeat(50_000)],
    ["blanks", `bearer ${" ".repeat(200_000)}x`],
  ])("takes no more than linear time over many %s", (_, text) => {
    const start = process.hrtime.bigint();
    redact(text);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(2_000);
  });
});

describe("advice that shows how a URL is written", () => {
  it("keeps the word that stands where a password would", () => {
    const advice = "Write `postgres://user:password@host:5432/database`.";
    expect(redact(advice)).toBe(advice);
  });

  it("loses it where it is a secret of this run", () => {
    const url = "postgres://user:password@host:5432/database";
    expect(createRedactor(() => [url])(`at ${url}`)).toBe("at [redacted]");
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

describe("redaction of texts of others about people", () => {
  const hide = hidingIdentifiers(redact, ["238400000000123"]);

  it.each([
    ["a national phone", "call 0170 1234567 now", "call [redacted] now"],
    ["a national phone with brackets", "(030) 123-4567", "[redacted]"],
    ["a national phone with a slash", "030/1234567.", "[redacted]."],
    ["a phone of North America", "(212) 555-0123, or 212.555.0123", "[redacted], or [redacted]"],
    ["a bare number", "phone 1701234567", "phone [redacted]"],
    ["a day of birth", "db 01.02.1990", "db [redacted]"],
    ["an IPv4 address", "from 203.0.113.7.", "from [redacted]."],
    ["an IPv6 address", "2001:db8:0:0:0:0:0:1", "[redacted]"],
    [
      "a short IPv6 address",
      "[2001:db8::1], ::1 and fe80::",
      "[[redacted]], [redacted] and [redacted]",
    ],
    ["a device id", "6D92078A-8246-4BA4-AE5B-76104861E7DC", "[redacted]"],
    ["a digest", `em ${"a".repeat(64)}`, "em [redacted]"],
  ])("takes out %s", (_, text, clean) => {
    expect(hide(text)).toBe(clean);
  });

  it.each([
    "(#100) Invalid parameter in 100/2804",
    "custom audience 238400000000123 is being replaced",
    "2026-04-30T12:00:00+0200",
    "at 12:00:00, v25.0",
    "events[12].user_data.em",
    "5,000 rows",
  ])("leaves %s", (text) => {
    expect(hide(text)).toBe(text);
  });

  it.each([
    ["zeros", "0".repeat(100_000)],
    ["zeros and blanks", "0 ".repeat(100_000)],
    ["colons", "a:".repeat(100_000)],
    ["double colons", "a::".repeat(60_000)],
    ["octets", "1.".repeat(100_000)],
  ])("takes no more than linear time over many %s", (_, text) => {
    const start = process.hrtime.bigint();
    hide(text);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(2_000);
  });
});

describe("a text that may be shown as it is", () => {
  const PARTS = [
    ...[
      "a",
      "Z",
      "7",
      "-",
      " ",
      '"',
      ":",
      "/",
      "=",
      ".",
      "{",
      "x@y.zz",
      "+49 30 1234567",
      "\u200b",
    ],
    ...["EAA", "bcdefghijklmnopqrs", "123456789|", "Bearer ", "access_token=", "input_token: "],
    ...["://u:pw@", "%40", "%2540", "&#64;", "&commat;", "\\u0040", "\uff20", "\ufe6b", "\n"],
  ];

  it("is one in which there is nothing to take out, however little is looked at", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const invisible = /[\p{Cc}\p{Cf}]/u.test(text);
        expect(isSafeText(text)).toBe(!invisible && redact(text) === text);
      }),
      { numRuns: 3_000, seed: 5 },
    );
  });
});
