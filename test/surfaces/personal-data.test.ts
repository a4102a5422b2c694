import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { applyPersonalDataPolicy } from "../../src/surfaces/personal-data.js";
import { isPersonalName } from "../../src/surfaces/personal-names.js";

const USER_DATA = { em: ["a".repeat(64)], client_user_agent: "ann@example.test" };

/** What each policy makes of an event, and what was counted. */
function policies(parts: JsonObject) {
  const event = { event_name: "Lead", user_data: USER_DATA, ...parts };
  const tally = emptyTally();
  const warned = applyPersonalDataPolicy(event, "warn", tally);
  const dropped = applyPersonalDataPolicy(event, "drop", emptyTally());
  const rejected = applyPersonalDataPolicy(event, "reject", emptyTally());
  return {
    unchanged: warned.kind === "permitted" && warned.event === event,
    found: [...tally.personalData.keys()],
    dropped: dropped.kind === "permitted" ? dropped.event : undefined,
    refused: rejected.kind === "refused" ? rejected.field : undefined,
  };
}

function custom(custom_data: JsonObject) {
  const { found, dropped } = policies({ custom_data });
  return { found, left: dropped?.["custom_data"] };
}

describe("the personal-data policy", () => {
  const parts = { custom_data: { value: 1, note: "ann@example.test", email: "x" } };

  it("warn sends the event as it is and counts the places", () => {
    expect(policies(parts)).toMatchObject({
      unchanged: true,
      found: ["custom_data.email", "custom_data.note"],
    });
  });

  it("drop takes out what is personal", () => {
    expect(policies(parts).dropped).toEqual({
      event_name: "Lead",
      user_data: USER_DATA,
      custom_data: { value: 1 },
    });
  });

  it("reject names the first place, by the order of names", () => {
    expect(policies(parts).refused).toBe("custom_data.email");
  });

  it("leaves an event without personal data alone", () => {
    const event = { event_name: "Lead", custom_data: { value: 1, city: "Ulm", sku: "+1" } };
    for (const policy of ["warn", "drop", "reject"] as const) {
      const permitted = applyPersonalDataPolicy(event, policy, emptyTally());
      expect(permitted).toEqual({ kind: "permitted", event });
    }
  });

  it("counts a place once per event", () => {
    const tally = emptyTally();
    const event = { custom_data: { email: "x" } };
    applyPersonalDataPolicy(event, "warn", tally);
    applyPersonalDataPolicy(event, "drop", tally);
    expect([...tally.personalData]).toEqual([["custom_data.email", 2]]);
  });
});

describe("personal in custom_data", () => {
  it.each([
    "em",
    "EM",
    "email",
    "ph",
    "phone",
    "first_name",
    "firstName",
    "Last-Name",
    "fn",
    "f5first",
  ])("is the name %s", (name) => {
    expect(custom({ value: 1, [name]: "x" })).toEqual({
      found: [`custom_data.${name}`],
      left: { value: 1 },
    });
  });

  it.each(["city", "country", "state", "zip", "gender", "content_name", "constructor"])(
    "is not the name %s, which is as often about a thing",
    (name) => {
      expect(custom({ [name]: "x" }).found).toEqual([]);
    },
  );

  it.each([
    ["ann@example.test"],
    ["write to ann@example.test!"],
    ["+49 170 1234567"],
    [" +4917012345 "],
  ])("is the text %s", (text) => {
    expect(custom({ value: 1, note: text })).toEqual({
      found: ["custom_data.note"],
      left: { value: 1 },
    });
  });

  it.each([["a@b"], ["@handle"], ["1 + 1"], ["4917012345678"], ["2026-04-30T12:00:00+02:00"]])(
    "is not the text %s",
    (text) => {
      expect(custom({ note: text }).found).toEqual([]);
    },
  );

  it.each([[49170123456], [["x"]], [{ value: "ann@example.test" }]])(
    "is %j under a personal name",
    (value) => {
      expect(custom({ value: 1, phone: value }).left).toEqual({ value: 1 });
    },
  );

  it.each([[true], [""], [" "], [null], [[]], [{ opted_in: 1 }]])(
    "is not %j under a personal name",
    (value) => {
      expect(custom({ phone: value }).found).toEqual([]);
    },
  );

  it("is found at any depth; what is emptied by it goes too", () => {
    expect(
      custom({
        contents: [{ id: "a", buyer: { email: "x" } }, { buyer: { email: "x" } }],
        notes: ["ann@example.test"],
        kept: { list: [], map: {} },
      }),
    ).toEqual({
      found: ["custom_data.contents.buyer.email", "custom_data.notes"],
      left: { contents: [{ id: "a" }], kept: { list: [], map: {} } },
    });
  });

  it("takes the whole of custom_data away where all of it is personal", () => {
    const { dropped } = policies({ custom_data: { email: "x" } });
    expect(dropped).not.toHaveProperty("custom_data");
  });

  it("is a parameter of a URL there", () => {
    expect(custom({ page: "https://shop.example.test/?email=x&p=1" })).toEqual({
      found: ["custom_data.page"],
      left: { page: "https://shop.example.test/?email=&p=1" },
    });
  });
});

describe("personal in a URL", () => {
  it.each([
    ["https://a.example.test/?email=ann&p=1", "https://a.example.test/?email=&p=1"],
    ["https://a.example.test/?u=ann@example.test", "https://a.example.test/?u="],
    ["https://a.example.test/?u=ann%40example.test#x", "https://a.example.test/?u=#x"],
    ["https://a.example.test/?t=%2B49%20170%201234567", "https://a.example.test/?t="],
    ["https://a.example.test/?t=+491701234567", "https://a.example.test/?t="],
    ["https://a.example.test/#first%5Fname=Ann;p=1", "https://a.example.test/#first%5Fname=;p=1"],
    [
      "https://a.example.test/u/ann@example.test/orders?p=1",
      "https://a.example.test/u//orders?p=1",
    ],
    ["https://a.example.test/u/ann%40example.test", "https://a.example.test/u/"],
    ["/relative?ph=1", "/relative?ph="],
  ])("%s becomes %s", (url, clean) => {
    const made = policies({ event_source_url: url, referrer_url: "https://b.example.test/" });
    expect(made).toMatchObject({
      found: ["event_source_url"],
      refused: "event_source_url",
      dropped: { event_source_url: clean, referrer_url: "https://b.example.test/" },
    });
  });

  it.each([
    "https://user@a.example.test/path",
    "https://a.example.test/?email=&city=Ulm",
    "https://a.example.test/?q=%E0%A4%A&x",
    "https://a.example.test/?q=1+1",
    "https://a.example.test",
  ])("%s stays", (url) => {
    expect(policies({ event_source_url: url }).found).toEqual([]);
  });

  it("is looked for in referrer_url too", () => {
    expect(policies({ referrer_url: "https://a.example.test/?fn=Ann" }).refused).toBe(
      "referrer_url",
    );
  });
});

describe("a personal name", () => {
  it("is known as one however many others came before it", () => {
    const others = Array.from({ length: 1_100 }, (_, index) => `colour_${String(index)}`);
    expect(others.filter(isPersonalName)).toEqual([]);
    for (const round of [1, 2]) {
      expect(isPersonalName("first_name"), String(round)).toBe(true);
      expect(isPersonalName("colour_1099"), String(round)).toBe(false);
    }
  });
});

describe("a quick look at an event", () => {
  const PARTS = [
    "https://",
    "a",
    "@",
    "b.com",
    "%40",
    "+",
    "%2B",
    "4930123456",
    "?",
    "email",
    "=",
    "&",
    "/",
    " ",
  ];
  const TEXT = fc.array(fc.constantFrom(...PARTS), { maxLength: 7 }).map((parts) => parts.join(""));
  const VALUE = fc.oneof(TEXT, fc.integer(), fc.boolean(), fc.constant(null), fc.array(TEXT));
  const FIELDS = fc.dictionary(fc.constantFrom("note", "email", "url", "city"), VALUE);

  it("overlooks nothing that a whole one finds", () => {
    fc.assert(
      fc.property(FIELDS, FIELDS, TEXT, (custom, inner, url) => {
        const custom_data = { ...custom, inner: { ...inner }, list: [{ ...inner }] };
        const event = { event_source_url: url, custom_data };
        // A mark that is surely seen makes the whole event be looked at.
        const seen = { ...event, custom_data: { ...custom_data, zz_mark: "mark@example.test" } };
        const counted = [event, seen].map((one) => {
          const tally = emptyTally();
          applyPersonalDataPolicy(one, "warn", tally);
          return Object.fromEntries(tally.personalData);
        });
        expect({ ...counted[0], "custom_data.zz_mark": 1 }).toEqual(counted[1]);
      }),
      { numRuns: 1_000, seed: 3 },
    );
  });
});
