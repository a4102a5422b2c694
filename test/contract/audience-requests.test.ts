import { describe, expect, it } from "vitest";
import { planAudiences } from "./plan.js";
import { digest, email, emails, identifier, operation } from "./records.js";

const A = "b".repeat(64);

describe("an audience request", () => {
  it("is, for whole records, exactly this", async () => {
    const { requests, rejections } = await planAudiences([
      operation("c1", {
        identifiers: [
          identifier("mobile_advertising_id", " ABC-Def-1 "),
          identifier("email", " One@Example.TEST "),
          identifier("phone_e164", "+49170AB"),
        ],
      }),
      operation("c2"),
    ]);
    expect(rejections).toEqual([]);
    expect(requests).toEqual([
      {
        bodyBytes: expect.any(Uint8Array),
        index: 0,
        surface: "custom_audiences",
        operation: "upsert",
        target: "VIP",
        targetStatus: "mapped",
        method: "POST",
        path: "/v25.0/id-of-VIP/users",
        body: {
          payload: {
            schema: ["EMAIL", "PHONE", "MADID"],
            data: [
              [digest("one@example.test"), digest("+49170ab"), "ABC-Def-1"],
              [digest("c2@example.test"), "", ""],
            ],
          },
        },
        bodyText: `{"payload":{"data":[["${digest("one@example.test")}","${digest("+49170ab")}","ABC-Def-1"],["${digest("c2@example.test")}","",""]],"schema":["EMAIL","PHONE","MADID"]}}`,
        recordIdentities: ["c1", "c2"],
        recordCount: 2,
        itemCounts: [1, 1],
        fingerprint: requests[0]?.fingerprint,
      },
    ]);
  });

  it("is a DELETE of the same form for remove", async () => {
    const { requests } = await planAudiences([operation("c1", { operation: "remove" })]);
    expect(requests).toMatchObject([
      {
        operation: "remove",
        method: "DELETE",
        path: "/v25.0/id-of-VIP/users",
        body: { payload: { schema: ["EMAIL"], data: [[digest("c1@example.test")]] } },
      },
    ]);
  });

  it("has the union of its records' columns in the mapping's order as schema", async () => {
    const { requests } = await planAudiences([
      operation("c1", { identifiers: [identifier("mobile_advertising_id", "m")] }),
      operation("c2"),
    ]);
    expect(requests[0]?.body).toEqual({
      payload: {
        schema: ["EMAIL", "MADID"],
        data: [
          ["", "m"],
          [digest("c2@example.test"), ""],
        ],
      },
    });
  });

  it("keeps digests: hex in lower case, suffix as it is", async () => {
    const { requests } = await planAudiences([
      operation("c1", {
        identifiers: [
          identifier("email", `${A.toUpperCase()}.Xy`),
          identifier("phone_e164", A.toUpperCase()),
          identifier("mobile_advertising_id", A.toUpperCase()),
        ],
      }),
    ]);
    expect(requests[0]?.body).toMatchObject({
      payload: { data: [[`${A}.Xy`, A, A.toUpperCase()]] },
    });
  });

  it("does not drop repeated rows", async () => {
    const { requests } = await planAudiences([
      operation("c1", { identifiers: [email("same"), email("same")] }),
      operation("c2", { identifiers: [email("same")] }),
    ]);
    expect(requests[0]?.itemCounts).toEqual([2, 1]);
    expect(requests[0]?.body).toEqual({
      payload: { schema: ["EMAIL"], data: new Array(3).fill([digest("same@example.test")]) },
    });
  });

  it("has no session, no token and no account", async () => {
    const { requests } = await planAudiences([operation("c1")], {
      config: { ad_account_id: "99887766", api_version: "v25.0" },
    });
    expect(Object.keys(requests[0]?.body ?? {})).toEqual(["payload"]);
    expect(requests[0]?.body["payload"]).not.toHaveProperty("session");
    expect(JSON.stringify(requests[0])).not.toContain("99887766");
  });
});

describe("the rows of a record", () => {
  it("are five sparse ones for two e-mails and three phones, in column, then identifier order", async () => {
    const { requests } = await planAudiences([
      operation("c1", {
        identifiers: [
          identifier("phone_e164", "+1"),
          email("b"),
          identifier("phone_e164", "+2"),
          email("a"),
          identifier("phone_e164", "+3"),
        ],
      }),
    ]);
    expect(requests[0]?.itemCounts).toEqual([5]);
    expect(requests[0]?.body).toEqual({
      payload: {
        schema: ["EMAIL", "PHONE"],
        data: [
          [digest("b@example.test"), ""],
          [digest("a@example.test"), ""],
          ["", digest("+1")],
          ["", digest("+2")],
          ["", digest("+3")],
        ],
      },
    });
  });

  it("may be 10,000; with 10,001 the record is rejected and the others go on", async () => {
    const { requests, rejections } = await planAudiences([
      operation("c1"),
      operation("large", { identifiers: emails(10_001) }),
      operation("full", { identifiers: emails(10_000) }),
      operation("c2"),
    ]);
    expect(rejections).toEqual([
      {
        identity: "large",
        code: "too_many_rows",
        field: "identifiers",
        message: "The record makes 10001 rows; Meta takes 10000 in one request.",
      },
    ]);
    expect(requests.map(({ recordIdentities }) => recordIdentities)).toEqual([
      ["c1"],
      ["full"],
      ["c2"],
    ]);
  });

  it("are never split: records of 6,000, 4,000 and 1 rows make requests of 10,000 and 1", async () => {
    const { requests } = await planAudiences([
      operation("six", { identifiers: emails(6_000) }),
      operation("four", { identifiers: emails(4_000) }),
      operation("one"),
    ]);
    expect(requests.map(({ itemCounts }) => itemCounts)).toEqual([[6_000, 4_000], [1]]);
    expect(requests.map(({ recordCount }) => recordCount)).toEqual([2, 1]);
  });

  it("close a batch that has no room for all of them", async () => {
    const { requests } = await planAudiences([
      operation("six", { identifiers: emails(6_000) }),
      operation("five", { identifiers: emails(5_000) }),
      operation("one"),
    ]);
    expect(requests.map(({ itemCounts }) => itemCounts)).toEqual([[6_000], [5_000, 1]]);
  });
});

describe("batches", () => {
  it("are one per target, filled side by side", async () => {
    const { requests } = await planAudiences([
      operation("c1", { target: "VIP" }),
      operation("c2", { target: "Lapsed" }),
      operation("c3", { target: " VIP " }),
      operation("c4", { target: { value: "Lapsed" } }),
    ]);
    expect(requests.map(({ target, recordIdentities }) => [target, recordIdentities])).toEqual([
      ["VIP", ["c1", "c3"]],
      ["Lapsed", ["c2", "c4"]],
    ]);
  });

  it("are closed by a change of operation for their target, and only for theirs", async () => {
    const { requests } = await planAudiences([
      operation("c1"),
      operation("l1", { target: "Lapsed" }),
      operation("c2", { operation: "remove" }),
      operation("l2", { target: "Lapsed" }),
      operation("c3"),
    ]);
    expect(
      requests.map((one) => [one.index, one.target, one.operation, one.recordIdentities]),
    ).toEqual([
      [0, "VIP", "upsert", ["c1"]],
      [1, "VIP", "remove", ["c2"]],
      [2, "Lapsed", "upsert", ["l1", "l2"]],
      [3, "VIP", "upsert", ["c3"]],
    ]);
  });
});

describe("the forms of a State Operation's fields", () => {
  it.each([
    ["target", "VIP"],
    ["target", '{"value":"VIP"}'],
    ["target", { value: "VIP" }],
    ["target_json", '{"value":"VIP"}'],
    ["target_json", '"VIP"'],
    ["target_json", "VIP"],
    ["target_json", { value: " VIP" }],
  ])("take the target as %s: %j", async (name, value) => {
    const { requests } = await planAudiences([
      operation("c1", { target: undefined, [name]: value }),
    ]);
    expect(requests[0]?.target).toBe("VIP");
  });

  it("derive the identity from the key and the target", async () => {
    const { requests } = await planAudiences([
      operation("", { record_identity: undefined, key: undefined, state_key: '{"b":2,"a":1}' }),
    ]);
    expect(requests[0]?.recordIdentities).toEqual(['{"key":{"a":1,"b":2},"target":"VIP"}']);
  });
});
