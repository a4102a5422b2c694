import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
import { readMapping } from "../../src/mapping/read-mapping.js";

const EVENTS = `
mapping: 1
surface: events
only_if: {from: payload.consent, default: true}
event:
  event_name: event_name
  event_id: identity
  event_time: {value: 1777550400}
  action_source: config.action_source
  user_data:
    em: {identifier: email, normalize: lowercase, hash: sha256}
    external_id: {identifier: customer}
  custom_data: {"*": payload}
`;

const AUDIENCE = `
mapping: 1
surface: custom_audiences
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  MADID: {identifier: madid}
`;

const BUYER = "{event_name: Lead, identifiers: [{type: email, value: A@example.test}]";

/** What is wrong with one example: a line each. */
function problems(head: string, example: string): readonly string[] {
  const { mapping, diagnostics } = readMapping(
    `${head}examples:\n  - {config: {action_source: website}, ${example}}\n`,
    "mapping.yaml",
  );
  expect(diagnostics).toEqual([]);
  if (mapping === undefined) throw new TypeError("a mapping without diagnostics is sound");
  return runExamples(mapping).flatMap(({ code, message }) => {
    expect(code).toBe("mapping.example_failed");
    return message
      .replace("example 1: ", "")
      .replace(/^the result is different\n/, "")
      .split("\n");
  });
}

const event = (example: string) => problems(EVENTS, example);
const rows = (example: string) => problems(AUDIENCE, example);

describe("an example with `expect`", () => {
  it("holds the maps of a result in part", () => {
    expect(event(`given: ${BUYER}}, expect: {event_name: Lead, user_data: {}}`)).toEqual([]);
  });

  it("holds lists and single values exactly", () => {
    const given = `given: ${BUYER}, payload: {tags: [a, b], value: "3"}}`;
    expect(event(`${given}, expect: {custom_data: {tags: [a, b], value: 3}}`)).toEqual([]);
    expect(event(`${given}, expect: {custom_data: {tags: [a]}}`)).toEqual([
      'custom_data.tags: expected a list of 1, got ["a","b"]',
    ]);
    expect(event(`${given}, expect: {custom_data: {tags: [a, c], value: "3"}}`)).toEqual([
      'custom_data.tags[1]: expected "c", got "b"',
      'custom_data.value: expected "3", got 3',
    ]);
    expect(event(`${given}, expect: {custom_data: {value: [3], tags: {}}}`)).toEqual([
      "custom_data.value: expected a list, got 3",
      'custom_data.tags: expected a map, got ["a","b"]',
    ]);
  });

  it("takes null for absent", () => {
    const given = `given: ${BUYER}, payload: {tier: gold}}`;
    expect(event(`${given}, expect: {custom_data: {toString: null, x: null}}`)).toEqual([]);
    expect(event(`${given}, expect: {custom_data: {tier: null, x: 1}}`)).toEqual([
      'custom_data.tier: expected nothing, got "gold"',
      "custom_data.x: expected 1, got nothing",
    ]);
  });

  it("takes `{sha256: text}` for the digest of a text", () => {
    expect(
      event(`given: ${BUYER}}, expect: {user_data: {em: [{sha256: a@example.test}]}}`),
    ).toEqual([]);
    expect(event(`given: ${BUYER}}, expect: {event_name: {sha256: Lead}}`)).toEqual([
      'event_name: expected sha256 of "Lead", got "Lead"',
    ]);
  });

  it("shows a digest as that of a text, if the text stands in the example", () => {
    const given = `given: ${BUYER}}`;
    expect(event(`${given}, expect: {user_data: {em: [{sha256: A@example.test}]}}`)).toEqual([
      expect.stringMatching(
        /^user_data\.em\[0\]: expected sha256 of "A@example\.test", got "[0-9a-f]{64}"$/,
      ),
    ]);
    const two = "identifiers: [{type: email, value: a@example.test}, {type: customer, value: 7}]";
    const swapped = "{external_id: [a], em: [{sha256: b}]}";
    expect(event(`given: {event_name: Lead, ${two}}, expect: {user_data: ${swapped}}`)).toEqual([
      'user_data.external_id[0]: expected "a", got "7"',
      'user_data.em[0]: expected sha256 of "b", got sha256 of "a@example.test"',
    ]);
  });

  it("lists what is different in one message, up to 20 places", () => {
    const names = Array.from({ length: 25 }, (_, index) => `n${String(index)}`);
    const given = `given: ${BUYER}, payload: {${names.map((name) => `${name}: 1`).join(", ")}}}`;
    const wanted = `{custom_data: {${names.map((name) => `${name}: 2`).join(", ")}}}`;
    const lines = event(`${given}, expect: ${wanted}`);
    expect(lines.slice(0, 1)).toEqual(["custom_data.n0: expected 2, got 1"]);
    expect(lines.slice(20)).toEqual(["and 5 more"]);
  });

  it("holds the rows of audiences, one by one", () => {
    const given =
      "given: {identifiers: [{type: email, value: a@example.test}, {type: madid, value: m}]}";
    expect(rows(`${given}, expect: [{EMAIL: {sha256: a@example.test}, MADID: m}]`)).toEqual([]);
    expect(rows(`${given}, expect: [{MADID: null}]`)).toEqual([
      '[0].MADID: expected nothing, got "m"',
    ]);
    expect(rows(`${given}, expect: []`)).toEqual([
      'the result: expected a list of 0, got [{"EMAIL":sha256 of "a@example.test","MADID":"m"}]',
    ]);
  });

  it("cuts long values in its messages", () => {
    expect(
      rows(
        `given: {identifiers: [{type: madid, value: ${"m".repeat(200)}}]}, expect: [{MADID: a}]`,
      ),
    ).toEqual([`[0].MADID: expected "a", got "${"m".repeat(119)}…`]);
  });

  it("fails for a record that is rejected or withheld", () => {
    expect(event("given: {event_name: Lead}, expect: {}")).toEqual([
      "expected a result, got the rejection `missing`: `user_data` is required by Meta and has no value.",
    ]);
    expect(event(`given: ${BUYER}, payload: {consent: false}}, expect: {}`)).toEqual([
      "expected a result, got a record withheld by `only_if`",
    ]);
  });
});

describe("an example with `reject`", () => {
  it("names the code of the rejection, or `withheld`", () => {
    expect(event("given: {event_name: Lead}, reject: missing")).toEqual([]);
    expect(event(`given: ${BUYER}, payload: {consent: 0}}, reject: withheld`)).toEqual([]);
    expect(event("given: {key: {}}, reject: missing_identity")).toEqual([]);
  });

  it("fails for another end", () => {
    expect(event(`given: ${BUYER}}, reject: missing`)).toEqual([
      "expected the rejection `missing`, got a result",
    ]);
    expect(event("given: {event_name: Lead}, reject: withheld")).toEqual([
      "expected the rejection `withheld`, got the rejection `missing`: `user_data` is required by Meta and has no value.",
    ]);
  });
});

describe("the record of an example", () => {
  it("gets an identity, an operation and a target where it names none", () => {
    expect(event(`given: ${BUYER}}, expect: {event_id: example-1}`)).toEqual([]);
    expect(rows("given: {identifiers: [{type: madid, value: m}]}, expect: [{MADID: m}]")).toEqual(
      [],
    );
  });

  it("keeps what it names", () => {
    expect(event(`given: ${BUYER}, event_identity: e-1}, expect: {event_id: e-1}`)).toEqual([]);
    expect(event(`given: ${BUYER}, key: {n: 7}}, expect: {event_id: '{"n":7}'}`)).toEqual([]);
    expect(rows('given: {target: " "}, reject: missing_target')).toEqual([]);
    expect(rows("given: {operation: remove}, reject: missing")).toEqual([]);
  });

  it("runs with the example's own configuration", () => {
    expect(event(`given: ${BUYER}}, expect: {action_source: website}`)).toEqual([]);
  });
});

describe("a mapping without examples", () => {
  it("has nothing that could fail", () => {
    const { mapping } = readMapping(AUDIENCE, "mapping.yaml");
    expect(mapping && runExamples(mapping)).toEqual([]);
  });
});
