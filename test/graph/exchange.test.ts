import { describe, expect, it, vi } from "vitest";
import { ok } from "../../src/core/result.js";
import { exchange } from "../../src/graph/exchange.js";
import { answerTo, NOW, outcomeTo, SENT_ROWS, TOKEN } from "./wire.js";

describe("an exchange", () => {
  it("takes the token to nobody but Meta", async () => {
    const transport = vi.fn(() => Promise.resolve(new Response("{}")));
    const sleep = () => new Promise<void>(() => undefined);
    const accessToken = () => ok(TOKEN);
    const options = { transport, accessToken, timeoutMs: 1000, clock: () => NOW, sleep };
    const elsewhere = () => new Request("https://elsewhere.example/v25.0/123/users");
    await expect(exchange(elsewhere, options)).rejects.toThrow("`https://graph.facebook.com` only");
    expect(transport).not.toHaveBeenCalled();
  });

  it("reads an error that has nothing but its code", async () => {
    const { evidence } = await outcomeTo(400, { error: { code: 2650 } }, SENT_ROWS);
    expect(evidence).toMatchObject({ code: 2650, evidenceCode: "meta.rejected" });
    expect(evidence).not.toHaveProperty("message");
    expect(evidence).not.toHaveProperty("detail");
  });

  it("does not take a number that no JSON number can hold for an id", async () => {
    const text = '{"id":12345678901234567890,"ratio":1e999}';
    expect(await answerTo(200, text)).toMatchObject({ kind: "unreadable", fault: "not_json" });
  });
});
