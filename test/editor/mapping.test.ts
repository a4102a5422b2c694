import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NORMALIZER_NAMES } from "../../src/normalize/index.js";
import { ACTION_SOURCES } from "../../src/generated/constants.js";
import { completions, hover, underlined } from "./language-server.js";

const HEAD = `# yaml-language-server: $schema=./mapping.schema.json
mapping: 1
surface: events
`;

const PAGES =
  "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters";

describe("an editor completes", () => {
  it("the fields of an object, with what Meta takes there", async () => {
    const offered = await completions(`${HEAD}event:\n  user_data:\n    ¦`);
    expect([...offered.keys()]).toEqual(expect.arrayContaining(["em", "ph", "fbp", "*"]));
    expect(offered.get("ph")).toBe(
      `Phone numbers as digits with the country calling code and without leading zeros.

Takes a list of texts, each of which goes out as its SHA-256. Never plain: add \`hash: sha256\`. Plain names: \`phone\`, \`phone_e164\`.

[Meta's page](${PAGES}/customer-information-parameters)`,
    );
  });

  it("the columns of an audience", async () => {
    const text = HEAD.replace("surface: events", "surface: custom_audiences");
    const offered = await completions(`${text}schema:\n  ¦`);
    expect([...offered.keys()]).toEqual(expect.arrayContaining(["EMAIL", "PHONE", "MADID", "*"]));
  });

  it("the keys of a form: no normaliser at a number", async () => {
    const offered = await completions(`${HEAD}event:\n  custom_data:\n    value:\n      ¦`);
    expect([...offered.keys()]).toEqual(["value", "from", "identifier", "map", "default", "as"]);
  });

  it("the names of normalisers, in a block and in braces", async () => {
    const block = `${HEAD}event:\n  user_data:\n    em:\n      identifier: email\n      normalize: ¦`;
    expect([...(await completions(block)).keys()]).toEqual([...NORMALIZER_NAMES]);
    const braces = `${HEAD}event:\n  user_data:\n    em: {identifier: email, normalize: ¦}`;
    expect([...(await completions(braces)).keys()]).toEqual([...NORMALIZER_NAMES]);
  });

  it("Meta's words where a constant is written", async () => {
    const offered = await completions(`${HEAD}event:\n  action_source: {value: ¦}`);
    expect([...offered.keys()]).toEqual([...ACTION_SOURCES]);
  });

  it("the sections of a mapping", async () => {
    const offered = await completions(`${HEAD}¦`);
    expect([...offered.keys()]).toEqual(
      expect.arrayContaining(["description", "require", "request", "only_if", "event", "examples"]),
    );
  });
});

describe("an editor shows over", () => {
  it("a field what it is, what it takes, and Meta's page", async () => {
    const shown = `What the event is worth in money, where zero is a value too.

Takes a number.

[Meta's page](${PAGES}/custom-data)`;
    const line = `${HEAD}event:\n  custom_data:\n    `;
    expect(await hover(`${line}va¦lue: payload.total`)).toBe(shown);
    expect(await hover(`${line}value: payload.t¦otal`)).toBe(shown);
    expect(await hover(`${line}va¦lue: {from: payload.total, default: 0}`)).toBe(shown);
  });

  it("a field that Meta takes hashed what must stand beside it", async () => {
    const text = `${HEAD}event:\n  user_data:\n    e¦m: {identifier: email, hash: sha256}`;
    expect(await hover(text)).toContain("Never plain: add `hash: sha256`.");
  });

  it("a position of a list that has names", async () => {
    const text = `${HEAD}event:\n  app_data:\n    extinfo:\n      os_ver¦sion: payload.os`;
    expect(await hover(text)).toContain("Version of the operating system, which must be given.");
  });
});

describe("an editor underlines", () => {
  it.each([
    [
      "a hashed field without `hash`",
      "  user_data:\n    em: {identifier: email, normalize: lowercase}",
      ["6:5 Meta takes this field hashed only: add `hash: sha256`."],
    ],
    [
      "a hashed field from a bare path",
      "  user_data:\n    em: payload.email",
      [
        "6:9 Meta takes this hashed only: write a map such as `{identifier: …, normalize: …, hash: sha256}`.",
      ],
    ],
    [
      "text that is no path",
      "  event_name: Purchase",
      [
        "5:15 This is not a path. Paths start with `payload.`, `key.` or `config.`, or are one of `event_name`, `event_type`, `occurred_at`, `identity`, `operation`, `target`; for the text itself write `{value: …}`.",
      ],
    ],
    [
      "a normaliser at a number",
      "  custom_data:\n    value: {from: payload.total, normalize: digits}",
      ["6:34 Beside `from` stand only `map`, `default`, `as`."],
    ],
    [
      "an identifier at a number",
      "  custom_data:\n    value: {identifier: total}",
      [
        "6:5 An identifier is text that names a person: name a path, or add a `map` to what the field takes.",
      ],
    ],
    [
      "a constant of the wrong type",
      "  opt_out: {value: maybe}",
      [
        "5:20 A constant here is `true` or `false`, and never empty; to omit the field, remove its line.",
      ],
    ],
    [
      "a misspelt step",
      "  event_id: {from: key.id, defualt: x}",
      ["5:28 Beside `from` stand only `map`, `default`, `normalize`, `country`, `as`."],
    ],
  ])("%s", async (_, event, expected) => {
    expect(await underlined(`${HEAD}event:\n${event}\n`)).toEqual(expected);
  });

  it("an unknown field, and names those that Meta knows", async () => {
    const found = await underlined(`${HEAD}event:\n  app_data:\n    vendor: payload.vendor\n`);
    expect(found).toEqual([
      "6:5 Meta knows these fields here: `advertiser_tracking_enabled`, `application_tracking_enabled`, `extinfo`, `campaign_ids`, `install_referrer`, `installer_package`, `url_schemes`, `vendor_id`, `windows_attribution_id`, `consider_views`, `include_dwell_data`, `include_video_data`, `receipt_data`. Write a map of them, or a path that brings them all.",
    ]);
  });
});

const FOLDERS = ["mappings/", "test/mapping/good/"];

describe("an editor finds nothing in", () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`../../${folder}`, import.meta.url))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => `${folder}${file}`),
  );

  it.each(files)("%s", async (file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    const [line = ""] = HEAD.split("\n");
    const schemed = text.startsWith(line) ? text : `${line}\n${text}`;
    expect(await underlined(schemed)).toEqual([]);
  });
});

describe("of the mappings that the compiler refuses, an editor", () => {
  it("never shows a sentence that is not of the schema", async () => {
    const folder = new URL("../mapping/broken/", import.meta.url);
    const ours = sentences();
    const foreign: string[] = [];
    for (const file of readdirSync(folder).filter((name) => !name.startsWith("yaml-"))) {
      const text = readFileSync(new URL(file, folder), "utf8").replace(/^(?:#.*\n)+/, "");
      for (const found of await underlined(`${HEAD.split("\n")[0] ?? ""}\n${text}`))
        if (!ours.has(found.replace(/^\d+:\d+ /, ""))) foreign.push(`${file}: ${found}`);
    }
    expect(foreign).toEqual([]);
  });
});

function sentences(): ReadonlySet<string> {
  const text = readFileSync(new URL("../../mappings/mapping.schema.json", import.meta.url), "utf8");
  const found = new Set<string>();
  JSON.parse(text, (key: string, value: unknown): unknown => {
    if (key === "errorMessage" && typeof value === "string") found.add(value);
    return value;
  });
  return found;
}
