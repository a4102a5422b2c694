import { describe, expect, it } from "vitest";
import { planAudiences } from "./plan.js";
import { digest, email, identifier, operation } from "./records.js";

/** A mapping for audiences with these columns. */
function mapping(schema: string, rest = ""): string {
  return `mapping: 1\nsurface: custom_audiences\n${rest}\nschema:\n${schema}`;
}

const EMAIL = "  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}\n";
const FN = "  FN: {identifier: first_name, normalize: lowercase, hash: sha256}\n";
const MADID = "  MADID: {identifier: mobile_advertising_id}\n";

function payloadOf(plan: Awaited<ReturnType<typeof planAudiences>>): unknown {
  return plan.requests[0]?.body["payload"];
}

describe("rows: combined", () => {
  const combined = mapping(EMAIL + FN + MADID, "rows: combined");

  it("puts the k-th values together, repeats single ones, and leaves blank what runs out", async () => {
    const plan = await planAudiences(
      [
        operation("c1", {
          identifiers: [
            email("a"),
            email("b"),
            email("c"),
            identifier("first_name", "Ann"),
            identifier("mobile_advertising_id", "m1"),
            identifier("mobile_advertising_id", "m2"),
          ],
        }),
      ],
      { mapping: combined },
    );
    expect(plan.requests[0]?.itemCounts).toEqual([3]);
    expect(payloadOf(plan)).toEqual({
      schema: ["EMAIL", "FN", "MADID"],
      data: [
        [digest("a@example.test"), digest("ann"), "m1"],
        [digest("b@example.test"), digest("ann"), "m2"],
        [digest("c@example.test"), digest("ann"), ""],
      ],
    });
  });

  it("makes one row of single values", async () => {
    const plan = await planAudiences([operation("c1")], { mapping: combined });
    expect(payloadOf(plan)).toEqual({ schema: ["EMAIL"], data: [[digest("c1@example.test")]] });
  });
});

describe("columns of every row", () => {
  const valued = mapping(
    `${EMAIL}  LOOKALIKE_VALUE: payload.value\n${MADID}` +
      "  DATA_PROCESSING_OPTIONS: payload.options\n  DATA_PROCESSING_OPTIONS_COUNTRY: payload.country\n",
  );

  it("stand in each row and make none", async () => {
    const plan = await planAudiences(
      [
        operation("c1", {
          identifiers: [email("a"), email("b"), identifier("mobile_advertising_id", "m")],
          payload: { value: "7.5", options: ["LDU"], country: 1 },
        }),
      ],
      { mapping: valued },
    );
    expect(plan.requests[0]?.itemCounts).toEqual([3]);
    expect(payloadOf(plan)).toEqual({
      schema: [
        "EMAIL",
        "LOOKALIKE_VALUE",
        "MADID",
        "DATA_PROCESSING_OPTIONS",
        "DATA_PROCESSING_OPTIONS_COUNTRY",
      ],
      data: [
        [digest("a@example.test"), 7.5, "", ["LDU"], 1],
        [digest("b@example.test"), 7.5, "", ["LDU"], 1],
        ["", 7.5, "m", ["LDU"], 1],
      ],
    });
  });

  it("have the spec's blank where another record of the request has a value", async () => {
    const plan = await planAudiences(
      [
        operation("c1", { payload: { value: 1, options: "LDU", country: "1" } }),
        operation("c2", { payload: { value: 2 } }),
      ],
      { mapping: valued },
    );
    expect(payloadOf(plan)).toMatchObject({
      data: [
        [digest("c1@example.test"), 1, ["LDU"], 1],
        [digest("c2@example.test"), 2, [], 0],
      ],
    });
  });

  it("reject a record without LOOKALIKE_VALUE", async () => {
    const { rejections } = await planAudiences([operation("c1", { payload: { value: " " } })], {
      mapping: valued,
    });
    expect(rejections).toEqual([
      {
        identity: "c1",
        code: "missing",
        field: "LOOKALIKE_VALUE",
        message: "The record has no usable `LOOKALIKE_VALUE`.",
      },
    ]);
  });

  it("make no person of a record without identifiers", async () => {
    const { rejections } = await planAudiences(
      [operation("c1", { identifiers: [], payload: { value: 1 } })],
      { mapping: valued },
    );
    expect(rejections).toMatchObject([
      { code: "missing", field: "identifiers", message: "The record has no usable identifier." },
    ]);
  });

  it("are left out of a removal, which needs none of them", async () => {
    const plan = await planAudiences(
      [operation("c1", { operation: "remove", payload: { options: ["LDU"] } })],
      { mapping: valued },
    );
    expect(payloadOf(plan)).toEqual({ schema: ["EMAIL"], data: [[digest("c1@example.test")]] });
  });

  it("can be constants, which alone make no row", async () => {
    const constant = mapping(
      `${EMAIL}  COUNTRY: {value: DE, normalize: lowercase, hash: sha256}\n`,
    );
    const plan = await planAudiences(
      [
        operation("c1"),
        operation("c2", { identifiers: [email("a"), email("b")] }),
        operation("c3", { identifiers: [] }),
      ],
      { mapping: constant },
    );
    expect(plan.rejections).toMatchObject([{ identity: "c3", code: "missing" }]);
    expect(payloadOf(plan)).toEqual({
      schema: ["EMAIL", "COUNTRY"],
      data: ["c1", "a", "b"].map((name) => [digest(`${name}@example.test`), digest("de")]),
    });
  });
});

describe("a cell that the spec refuses", () => {
  it("is a spec_violation with a pointer to its column", async () => {
    const { rejections } = await planAudiences([operation("c1", { payload: { value: -1 } })], {
      mapping: mapping(`${EMAIL}  LOOKALIKE_VALUE: payload.value\n`),
    });
    expect(rejections).toMatchObject([
      { identity: "c1", code: "spec_violation", field: "/LOOKALIKE_VALUE" },
    ]);
    expect(rejections[0]?.message).toContain("rule `minimum`");
  });

  it("and one that does not convert is an invalid_value", async () => {
    const { rejections } = await planAudiences([operation("c1", { payload: { value: "much" } })], {
      mapping: mapping(`${EMAIL}  LOOKALIKE_VALUE: payload.value\n`),
    });
    expect(rejections).toEqual([
      {
        identity: "c1",
        code: "invalid_value",
        field: "LOOKALIKE_VALUE",
        message: "`LOOKALIKE_VALUE` is not a number.",
      },
    ]);
  });
});

describe("require", () => {
  const text = mapping(EMAIL + FN + MADID, "require: {all_of: [EMAIL], any_of: [FN, MADID]}");
  const name = identifier("first_name", "Ann");

  it("asks for all of, and for any of, the columns it names", async () => {
    const { requests, rejections } = await planAudiences(
      [
        operation("both", { identifiers: [email("a"), name] }),
        operation("no-any"),
        operation("no-all", { identifiers: [name] }),
      ],
      { mapping: text },
    );
    expect(requests[0]?.recordIdentities).toEqual(["both"]);
    expect(rejections.map(({ identity, field, message }) => [identity, field, message])).toEqual([
      ["no-any", "FN | MADID", "The record has no usable `FN` or `MADID`."],
      ["no-all", "EMAIL", "The record has no usable `EMAIL`."],
    ]);
  });

  it("is not asked of a removal, which needs one identifying cell", async () => {
    const { requests } = await planAudiences(
      [operation("c1", { operation: "remove", identifiers: [name] })],
      { mapping: text },
    );
    expect(requests).toMatchObject([{ method: "DELETE", recordIdentities: ["c1"] }]);
  });
});

describe("only_if", () => {
  const text = mapping(EMAIL, "only_if: payload.consent");

  it("withholds what is not true, and lets removals pass", async () => {
    const { requests, withheld } = await planAudiences(
      [
        operation("yes", { payload: { consent: "1" } }),
        operation("no", { payload: { consent: false } }),
        operation("unknown"),
        operation("gone", { operation: "remove", payload: { consent: false } }),
      ],
      { mapping: text },
    );
    expect(requests.map((one) => [one.operation, one.recordIdentities])).toEqual([
      ["upsert", ["yes"]],
      ["remove", ["gone"]],
    ]);
    expect(withheld).toEqual(["no", "unknown"]);
  });

  it("rejects what is neither true nor false", async () => {
    const { rejections, withheld } = await planAudiences(
      [operation("c1", { payload: { consent: "perhaps" } })],
      { mapping: text },
    );
    expect(withheld).toEqual([]);
    expect(rejections).toMatchObject([{ code: "invalid_value", field: "only_if" }]);
  });
});

describe("the request section", () => {
  it("stands beside schema and data in every request", async () => {
    const plan = await planAudiences([operation("c1"), operation("c2", { operation: "remove" })], {
      mapping: mapping(EMAIL, "request: {is_raw: {value: true}}"),
    });
    expect(plan.requests.map(({ body }) => body)).toEqual(
      ["c1", "c2"].map((name) => ({
        payload: { schema: ["EMAIL"], data: [[digest(`${name}@example.test`)]], is_raw: true },
      })),
    );
  });
});

describe("a value that depends on the country", () => {
  it("is told apart by it, though the same text stood in the record before", async () => {
    const zip =
      "ZIP: {identifier: zip_code, normalize: meta_zip, country: {identifier: country}, hash: sha256}";
    const record = (id: string, country?: string) =>
      operation(id, {
        identifiers: [
          identifier("zip_code", "123456789"),
          ...(country === undefined ? [] : [identifier("country", country)]),
        ],
      });
    const plan = await planAudiences(
      [record("c1", "US"), record("c2", "IN"), record("c3"), record("c4", "US")],
      { mapping: mapping(`  ${zip}\n`) },
    );
    const [us, other] = [digest("12345"), digest("123456789")];
    expect(payloadOf(plan)).toEqual({ schema: ["ZIP"], data: [[us], [other], [other], [us]] });
  });
});
