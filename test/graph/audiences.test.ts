import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import {
  createAudience,
  findAudiences,
  type AudienceCreation,
  type AudienceLookup,
  type NewAudience,
} from "../../src/graph/audiences.js";
import { clientWith, graphError, redact, TOKEN } from "./wire.js";

afterEach(() => {
  nock.cleanAll();
});

const EDGE = `/${API_VERSION}/act_99/customaudiences`;
const FIELDS = "id,name,subtype,operation_status";

function meta(): nock.Scope {
  return nock(ORIGIN, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
}

/** Meta answers one page request with this. */
function page(query: Readonly<Record<string, string>>, body: nock.Body, status = 200): nock.Scope {
  return meta()
    .get(EDGE)
    .query({ fields: FIELDS, limit: "100", ...query })
    .reply(status, body);
}

function find(name: string, valueBased = false): Promise<AudienceLookup> {
  return findAudiences(clientWith(), { adAccountId: "act_99", name, valueBased }, redact);
}

function audience(id: string, name: string, subtype = "CUSTOM"): Readonly<Record<string, unknown>> {
  return { id, name, subtype, operation_status: { code: 200, description: "Normal" } };
}

/** Like Meta's, with a link that holds the token and, here, leads elsewhere. */
function followedBy(after: string): Readonly<Record<string, unknown>> {
  return {
    cursors: { before: "b", after },
    next: `https://elsewhere.example/next?access_token=${TOKEN}&after=wrong`,
  };
}

describe("looking an audience up", () => {
  it("finds the exact name in code units, after trimming the logical name", async () => {
    const decomposed = "Cafe\u0301";
    page(
      {},
      {
        data: [
          audience("1", "vip"),
          audience("2", "VIP "),
          audience("3", "VIP"),
          audience("4", decomposed),
          { id: "5" },
        ],
      },
    );
    expect(await find("  VIP ")).toEqual({ kind: "found", id: "3" });
    page({}, { data: [audience("4", decomposed)] });
    expect(await find("Café")).toEqual({ kind: "none" });
  });

  it("reads all pages by cursor and never follows the link to the next one", async () => {
    const elsewhere = nock("https://elsewhere.example").get(/.*/).reply(200, { data: [] });
    const pages = [
      page({}, { data: [audience("1", "A")], paging: followedBy("c1") }),
      page({ after: "c1" }, { data: [], paging: followedBy("c2") }),
      page({ after: "c2" }, { data: [audience("7", "VIP")], paging: { cursors: { after: "c3" } } }),
    ];
    expect(await find("VIP")).toEqual({ kind: "found", id: "7" });
    expect(pages.map((scope) => scope.isDone())).toEqual([true, true, true]);
    expect(elsewhere.isDone()).toBe(false);
  });

  it("asks for half a page, and half of that, when Meta asks to reduce the data", async () => {
    const tooMuch = graphError(1, {
      message: "Please reduce the amount of data you're asking for",
    });
    const tries = ["100", "50"].map((limit) =>
      meta().get(EDGE).query({ fields: FIELDS, limit }).reply(500, JSON.stringify(tooMuch)),
    );
    const rest = [
      page({ limit: "25" }, { data: [], paging: followedBy("c1") }),
      page({ limit: "25", after: "c1" }, { data: [audience("7", "VIP")] }),
    ];
    expect(await find("VIP")).toEqual({ kind: "found", id: "7" });
    expect([...tries, ...rest].every((scope) => scope.isDone())).toBe(true);
  });

  it("gives up when a page of one is still too much", async () => {
    const limits: (string | null)[] = [];
    const client = clientWith((request) => {
      limits.push(new URL(request.url).searchParams.get("limit"));
      const error = graphError(1, { message: "Please reduce the amount of data" });
      return Promise.resolve(new Response(JSON.stringify(error), { status: 500 }));
    });
    const wanted = { adAccountId: "99", name: "VIP", valueBased: false };
    const lookup = await findAudiences(client, wanted, redact);
    expect(limits).toEqual(["100", "50", "25", "12", "6", "3", "1"]);
    expect(lookup).toMatchObject({ kind: "failed", outcome: { kind: "rejected", class: "batch" } });
  });

  it("reports a wrong subtype only when no right one exists", async () => {
    page({}, { data: [audience("1", "VIP", "LOOKALIKE"), audience("2", "VIP")] });
    expect(await find("VIP")).toEqual({ kind: "found", id: "2" });
    page({}, { data: [audience("1", "VIP", "LOOKALIKE"), { id: "2", name: "VIP" }] });
    expect(await find("VIP")).toEqual({
      kind: "wrong_subtype",
      audiences: [
        { id: "1", name: "VIP", subtype: "LOOKALIKE" },
        { id: "2", name: "VIP", subtype: undefined },
      ],
    });
  });

  it("lists the ids of several matches, also over pages", async () => {
    page({}, { data: [audience("1", "VIP")], paging: followedBy("c1") });
    page({ after: "c1" }, { data: [audience("2", "VIP"), audience("3", "VIP", "WEBSITE")] });
    expect(await find("VIP")).toEqual({ kind: "several", ids: ["1", "2"] });
  });

  it("checks the kind of the audience when the mapping writes values", async () => {
    page({}, { data: [audience("7", "VIP")] });
    const read = meta().get(`/${API_VERSION}/7`).query({ fields: "id,is_value_based" });
    read.reply(200, { id: "7", is_value_based: true });
    expect(await find("VIP", true)).toEqual({ kind: "found", id: "7" });
  });

  it("tells an audience of the other kind apart", async () => {
    for (const body of [{ id: "7", is_value_based: false }, { id: "7" }]) {
      page({}, { data: [audience("7", "VIP")] });
      const read = meta().get(`/${API_VERSION}/7`).query({ fields: "id,is_value_based" });
      read.reply(200, body);
      expect(await find("VIP", true)).toEqual({ kind: "not_value_based", id: "7" });
    }
  });

  it("fails with Meta's error when the kind cannot be read", async () => {
    page({}, { data: [audience("7", "VIP")] });
    const read = meta().get(`/${API_VERSION}/7`).query({ fields: "id,is_value_based" });
    read.reply(400, JSON.stringify(graphError(100, { error_subcode: 33 })));
    expect(await find("VIP", true)).toMatchObject({
      kind: "failed",
      outcome: { kind: "blocked", class: "target", evidence: { code: 100, subcode: 33 } },
    });
  });

  it("fails with Meta's error and its evidence", async () => {
    page({}, JSON.stringify(graphError(200, { error_subcode: 1870050 })), 403);
    expect(await find("VIP")).toEqual({
      kind: "failed",
      outcome: {
        kind: "blocked",
        class: "account",
        evidence: {
          outcome: "blocked",
          surface: "custom_audiences",
          target: "VIP",
          batchFingerprint: "",
          recordCount: 0,
          itemCount: 0,
          confirmed: 0,
          rejected: 0,
          evidenceCode: "meta.permission_denied",
          httpStatus: 403,
          code: 200,
          subcode: 1870050,
          message: "(#200) Something is wrong",
          fbtraceId: "AbCdEf123",
          summary:
            "The token may not work on this ad account or audience (code 200/1870050). Give the token's owner a role on the ad account, and check `ad_account_id`.",
        },
      },
    });
  });

  it.each([
    ["is no list", { success: true }],
    ["has an entry that is none", { data: ["x"] }],
    ["has an id that is none", { data: [{ id: "../7", name: "VIP" }] }],
    ["goes on without a cursor", { data: [], paging: { next: "https://elsewhere.example/" } }],
    ["goes on with cursors of null", { data: [], paging: { cursors: null, next: "x" } }],
  ])("fails as unknown when the list %s", async (_, body) => {
    page({}, body);
    expect(await find("VIP")).toMatchObject({
      kind: "failed",
      outcome: { kind: "unknown", evidence: { evidenceCode: "meta.unreadable", httpStatus: 200 } },
    });
  });

  it("does not run in circles when a cursor comes again", async () => {
    page({}, { data: [], paging: followedBy("c1") });
    page({ after: "c1" }, { data: [], paging: followedBy("c1") });
    expect(await find("VIP")).toMatchObject({ kind: "failed", outcome: { kind: "unknown" } });
  });

  it("takes ids that are numbers, digit by digit", async () => {
    page({}, '{"data":[{"id":23847291740150123,"name":"VIP","subtype":"CUSTOM"}]}');
    expect(await find("VIP")).toEqual({ kind: "found", id: "23847291740150123" });
    page({}, '{"data":[{"id":12,"name":"VIP","subtype":"CUSTOM"}],"paging":null}');
    expect(await find("VIP")).toEqual({ kind: "found", id: "12" });
  });
});

describe("creating an audience", () => {
  const WANTED: NewAudience = {
    adAccountId: "99",
    name: " VIP ",
    valueBased: false,
    customerFileSource: "USER_PROVIDED_ONLY",
  };

  function create(wanted: Partial<NewAudience> = {}): Promise<AudienceCreation> {
    return createAudience(clientWith(), { ...WANTED, ...wanted }, redact);
  }

  it("posts name, subtype, source and description", async () => {
    const scope = meta()
      .post(EDGE, {
        name: "VIP",
        subtype: "CUSTOM",
        customer_file_source: "USER_PROVIDED_ONLY",
        description: 'Managed by retl-meta for target "VIP".',
      })
      .reply(200, { id: "7" });
    expect(await create()).toEqual({ kind: "created", id: "7" });
    expect(scope.isDone()).toBe(true);
  });

  it("says that it is value-based when the mapping writes values", async () => {
    meta()
      .post(EDGE, (body: Readonly<Record<string, unknown>>) => body["is_value_based"] === true)
      .reply(200, { id: "7" });
    expect(await create({ valueBased: true })).toEqual({ kind: "created", id: "7" });
  });

  it("is unknown when the answer names no id: the audience may exist", async () => {
    meta().post(EDGE).reply(200, { success: true });
    expect(await create()).toMatchObject({
      kind: "failed",
      outcome: {
        kind: "unknown",
        evidence: {
          target: "VIP",
          summary:
            "Meta's answer does not name the new audience. It is unknown whether the request took effect; run again.",
        },
      },
    });
  });

  it("stops the run when nobody has accepted the terms", async () => {
    meta()
      .post(EDGE)
      .reply(400, JSON.stringify(graphError(200, { error_subcode: 1870034 })));
    expect(await create()).toMatchObject({
      kind: "failed",
      outcome: {
        kind: "blocked",
        class: "account",
        evidence: {
          summary:
            "Nobody has accepted the custom audience terms for this ad account (code 200/1870034). Let an admin accept them at https://business.facebook.com/ads/manage/customaudiences/tos/?act= followed by the ad account's number.",
        },
      },
    });
  });
});
