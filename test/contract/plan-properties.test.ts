import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../src/core/digest.js";
import { textOf, type Written } from "../../src/core/written.js";
import { isJsonArray, isJsonObject } from "../../src/core/json.js";
import type { Planned } from "../../src/planning/planner.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import { MAPPED, planAudiences, planEvents, type Plan } from "./plan.js";

const RUNS = { numRuns: 60 };
const SECRET = "EAAplantedSecretToken0123456789";

const value = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    null,
    "Ann@Example.test",
    "b@example.test",
    "x".repeat(64),
    "a".repeat(64),
  ),
  fc.integer(),
  fc.string(),
);
const identifiers = fc.array(
  fc.record({
    type: fc.constantFrom("email", "phone_e164", "mobile_advertising_id", "external_id", "other"),
    value,
  }),
  { maxLength: 8 },
);
const key = fc.option(fc.dictionary(fc.string({ maxLength: 3 }), fc.integer(), { maxKeys: 3 }));

const operations = fc.array(
  fc.record({
    operation: fc.constantFrom("upsert", "remove", "other"),
    target: fc.constantFrom("VIP", "Lapsed", "Broken", " "),
    record_identity: fc.option(fc.nat().map((number) => `c${number}`)),
    key,
    identifiers,
  }),
  { maxLength: 30 },
);

const events = fc.array(
  fc.record({
    event_identity: fc.option(fc.nat().map((number) => `e${number}`)),
    key,
    event_name: fc.constantFrom("Subscribe", "Lead", "Unrouted", ""),
    occurred_at: fc.constantFrom("2026-04-30T12:00:00Z", "2026-04-30T12:00:00", "never"),
    identifiers,
    payload: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 6,
    }),
  }),
  { maxLength: 30 },
);

const EVENT_SETTINGS = {
  config: { action_source: "website" },
  options: {
    pixelId: undefined,
    routes: new Map([
      ["Subscribe", "1"],
      ["Lead", "2"],
    ]),
  },
  batchSize: 7,
};

function resolve(target: string): ReturnType<typeof MAPPED> {
  const failure = { stops: "target", code: "target.several", message: "broken" } as const;
  return target === "Broken" ? Promise.resolve({ kind: "failed", failure }) : MAPPED(target);
}

const both = fc.oneof(
  operations.map((records) => ({
    records,
    plan: (input: readonly unknown[]) => planAudiences(input, { resolve, batchSize: 7 }),
  })),
  events.map((records) => ({
    records,
    plan: (input: readonly unknown[]) => planEvents(input, EVENT_SETTINGS),
  })),
);

function itemsOf({ body }: RequestPlan): number {
  const payload = body["payload"];
  const data = isJsonObject(payload) ? payload["data"] : body["data"];
  return isJsonArray(data) ? data.length : -1;
}

function recordsIn(planned: Planned): number {
  switch (planned.kind) {
    case "request":
      return planned.planned.request.recordCount;
    case "held":
      return planned.batch.entries.length;
    default:
      return 1;
  }
}

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, inner]) => [name, reversed(inner)]));
}

function isWritten(value: unknown): value is Written {
  return value instanceof Object && "sheet" in value;
}

/** Entries by what they say: where on a page it stands is of no plan. */
function printed({ planned }: Plan): string {
  return JSON.stringify(planned, (_name, value: unknown) => {
    if (!isWritten(value)) return value;
    const { sheet, start, end, ...others } = value;
    return { ...others, text: textOf({ sheet, start, end }) };
  });
}

describe("every plan", () => {
  it("counts as items what its bodies hold", async () => {
    await fc.assert(
      fc.asyncProperty(both, async ({ records, plan }) => {
        for (const request of (await plan(records)).requests) {
          expect(request.itemCounts.reduce((sum, items) => sum + items, 0)).toBe(itemsOf(request));
          expect(request.itemCounts).toHaveLength(request.recordCount);
          expect(request.recordIdentities).toHaveLength(request.recordCount);
        }
      }),
      RUNS,
    );
  });

  it("has its bodies in canonical JSON, of which the fingerprint is made", async () => {
    await fc.assert(
      fc.asyncProperty(both, async ({ records, plan }) => {
        for (const { body, bodyText, method, path, ...request } of (await plan(records)).requests) {
          expect(bodyText).toBe(canonicalJson(body));
          const whole = { body, method, path, record_identities: request.recordIdentities };
          expect(request.fingerprint).toBe(sha256(canonicalJson(whole)));
        }
      }),
      RUNS,
    );
  });

  it("has every record in exactly one request, rejection, withholding or held batch", async () => {
    await fc.assert(
      fc.asyncProperty(both, async ({ records, plan }) => {
        const { planned } = await plan(records);
        expect(planned.reduce((sum, one) => sum + recordsIn(one), 0)).toBe(records.length);
      }),
      RUNS,
    );
  });

  it("is the same for the same input, whatever the order of keys", async () => {
    await fc.assert(
      fc.asyncProperty(both, async ({ records, plan }) => {
        const first = printed(await plan(records));
        expect(printed(await plan(records))).toBe(first);
        expect(printed(await plan(records.map(reversed)))).toBe(first);
      }),
      RUNS,
    );
  });

  it("is the same however its records come in batches", async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 1, max: 40 }), async (records, batchSize) => {
        const first = printed(await planEvents(records, EVENT_SETTINGS));
        expect(printed(await planEvents(records, { ...EVENT_SETTINGS, batchSize }))).toBe(first);
      }),
      RUNS,
    );
  });
});

describe("no plan contains", () => {
  const planted = fc.record({
    type: fc.constantFrom("email", "phone_e164", "external_id", "unmapped"),
    name: fc.stringMatching(/^[a-z]{8,12}$/),
  });

  it("the raw value of a hashed identifier that stands in identifiers only", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planted, { maxLength: 6 }), async (people) => {
        const values = people.map(({ type, name }) => ({ type, value: `Raw-${name}-Value` }));
        const record = { record_identity: "r1", target: "VIP", identifiers: values };
        const plans = [
          await planAudiences([{ ...record, operation: "upsert" }]),
          await planEvents(
            [{ ...record, event_name: "Lead", occurred_at: "2026-04-30T12:00:00Z" }],
            EVENT_SETTINGS,
          ),
        ];
        for (const plan of plans) expect(printed(plan).toLowerCase()).not.toContain("raw-");
      }),
      RUNS,
    );
  });

  it("it where the identity is the value, or is derived from it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[A-Za-z]{8,12}$/), fc.boolean(), async (name, own) => {
        const record = {
          operation: "upsert",
          target: "VIP",
          identifiers: [{ type: "email", value: ` ${name.toUpperCase()} ` }],
          ...(own ? { record_identity: name } : { key: { customer: { mail: name } } }),
        };
        expect(printed(await planAudiences([record]))).not.toContain(name);
      }),
      RUNS,
    );
  });

  it("a secret that stands anywhere in the configuration but where the mapping reads", async () => {
    const { requests } = await planEvents(
      [
        {
          event_identity: "e1",
          event_name: "Lead",
          occurred_at: "2026-04-30T12:00:00Z",
          identifiers: [{ type: "email", value: "a@example.test" }],
        },
      ],
      {
        ...EVENT_SETTINGS,
        config: { action_source: "website", access_token: SECRET, ad_account_id: SECRET },
      },
    );
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(requests)).not.toContain(SECRET);
  });
});
