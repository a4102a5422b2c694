import { describe, expect, it } from "vitest";
import { createRedactor } from "../../src/core/redact.js";
import { outcomeOf } from "../../src/graph/outcome.js";
import { createAudience, findAudiences } from "../../src/graph/audiences.js";
import { redactedText } from "../../src/graph/redacted-text.js";
import {
  answerTo,
  answering,
  clientWith,
  graphError,
  redact,
  SENT_EVENTS,
  SENT_ROWS,
  TOKEN,
  USERS_REQUEST,
} from "./wire.js";

const HEADERS = { "x-fb-trace-id": TOKEN, "x-fb-request-id": `a ${TOKEN}` };
const QUOTING = `the token ${TOKEN} of jo@example.com`;

describe("a token planted in an answer", () => {
  it.each([
    [
      "a Graph error",
      400,
      graphError(190, {
        message: QUOTING,
        error_user_title: TOKEN,
        error_user_msg: QUOTING,
        fbtrace_id: TOKEN,
        type: TOKEN,
        error_data: { blame_field_specs: [[TOKEN]] },
      }),
    ],
    ["a long message", 400, graphError(100, { message: `${"x".repeat(250)}${TOKEN}` })],
    ["HTML", 502, `<html>${QUOTING}</html>`],
    ["an error as text", 400, { error: QUOTING }],
    [
      "the samples",
      200,
      {
        num_received: 2,
        num_invalid_entries: 1,
        invalid_entry_samples: { [TOKEN]: TOKEN, x: { y: TOKEN } },
      },
    ],
    [
      "a 2xx",
      200,
      { num_received: 2, num_invalid_entries: 0, fbtrace_id: TOKEN, session_id: TOKEN },
    ],
  ])("is in no outcome: %s", async (_, status, body) => {
    const outcome = JSON.stringify(
      outcomeOf(await answerTo(status, body, HEADERS), SENT_ROWS, redact),
    );
    expect(outcome).not.toContain(TOKEN);
    expect(outcome).not.toContain("jo@example.com");
    expect(outcome).not.toMatch(/planted/);
  });

  it("is in no outcome of events, and of no failed exchange", async () => {
    const received = await answerTo(200, { events_received: 5, messages: [QUOTING] }, HEADERS);
    const failing = clientWith(() => Promise.reject(new Error(`cannot send ${TOKEN}`)));
    const lost = await failing.send(USERS_REQUEST);
    for (const answer of [received, lost]) {
      const outcome = JSON.stringify(outcomeOf(answer, SENT_EVENTS, redact));
      expect(outcome).toContain("[redacted]");
      expect(outcome).not.toContain(TOKEN);
    }
  });

  it("is in no look-up and no creation", async () => {
    const wanted = { adAccountId: "99", name: "VIP", valueBased: true } as const;
    const source = "USER_PROVIDED_ONLY";
    for (const body of [
      { data: [], paging: { next: TOKEN } },
      { id: `x ${TOKEN}` },
      graphError(100, { message: QUOTING }),
    ]) {
      const client = clientWith(answering(200, body, HEADERS));
      const found = await findAudiences(client, wanted, redact);
      const created = await createAudience(
        client,
        { ...wanted, customerFileSource: source },
        redact,
      );
      expect(JSON.stringify([found, created])).not.toContain(TOKEN);
    }
  });
});

it("takes out what JSON spells out, of an answer that is kept as it came", async () => {
  const cut = String.raw`{"failed":["jo\u0040example.com","\u002b16505551212","p\/ss"]`;
  const secret = createRedactor(() => ["p/ss"]);
  const outcome = outcomeOf(await answerTo(500, cut), SENT_EVENTS, secret);
  expect(outcome.evidence.detail).toBe('{"failed":["[redacted]","[redacted]","[redacted]"]');
});

describe("a foreign text that is cut", () => {
  it("leaves no half of a secret at its end", () => {
    for (let length = 0; length < 40; length += 1) {
      const text = `${"x ".repeat(128 - length)}${`${TOKEN} `.repeat(200)}`;
      expect(redactedText(text, 256, redact)).not.toContain("planted");
    }
  });

  it("leaves no half of a surrogate pair and no control character", () => {
    expect(redactedText(`ab${"😀".repeat(5)}`, 5, redact)).toBe("ab😀");
    expect(redactedText(" a\u001b[31m\r\nb\u0007 ", 64, redact)).toBe("a [31m b");
  });
});
