import { expect, it } from "vitest";
import { requestJson, requestLine } from "../../src/report/request-json.js";
import { planEvents } from "../contract/plan.js";
import { identifier } from "../contract/records.js";

it("a line of a plan has its body byte for byte as it is sent", async () => {
  const { requests } = await planEvents([
    {
      event_identity: "order-7",
      event_name: "Purchase",
      occurred_at: "2026-04-30T12:00:00Z",
      identifiers: [identifier("email", "buyer@example.test")],
      payload: { value: 12.5, currency: "EUR" },
    },
  ]);
  const [request] = requests;
  if (request === undefined) throw new TypeError("one event makes a request");
  const line = requestLine(request);
  expect(JSON.parse(line)).toEqual(requestJson(request));
  expect(line).toContain(`,"body":${request.bodyText},"record_identities":["order-7"],`);
  expect(request.bodyText).toContain(
    '{"data":[{"action_source":"website","custom_data":{"currency":"EUR","value":12.5},',
  );
});
