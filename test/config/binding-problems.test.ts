import type { BindingOptions } from "../../src/config/binding-options.js";
import { describe, expect, it } from "vitest";
import { ACTION_SOURCES, API_VERSION } from "../../src/generated/constants.js";
import { bindFile, bindOptions } from "./bindings.js";
import { toldBy } from "./told.js";

describe("a binding file that is wrong", () => {
  it("has all its problems told at once, in the order of the file", () => {
    const text = `binding_name: [a]
mappin: events
pixel_id: 5
config:
  api_version: /
  custom_audience_customer_file_source: USER_PROVIDED
  action_source: webiste
  pixel_id: abc
  event_routes: {Purchase: 1.5, Lead: [7]}
  adAccountId: 1
targets: {VIP: act_7}
on_failure: stop
concurrency: 17
max_body_bytes: "10"
`;
    expect(toldBy(bindFile(text, "events"), text)).toEqual([
      "binding.yaml:1:15 config.wrong_type: `binding_name` is a list, where text is needed. Write text.",
      "binding.yaml:2:1 config.unknown_key: `mappin` is not a known key. Did you mean `mapping`?",
      "binding.yaml:3:1 config.unknown_key: `pixel_id` is not a known key. Write it under `config`.",
      `binding.yaml:5:16 config.invalid_value: \`config.api_version\` is empty without its slashes. Write a version like \`${API_VERSION}\`, or remove the key to get that one.`,
      "binding.yaml:6:41 config.invalid_value: `config.custom_audience_customer_file_source` is `USER_PROVIDED`, which is none of its values. Allowed: `USER_PROVIDED_ONLY`, `PARTNER_PROVIDED_ONLY`, `BOTH_USER_AND_PARTNER_PROVIDED`.",
      "binding.yaml:7:18 config.invalid_value: `config.action_source` is `webiste`, which is none of its values. Did you mean `website`? Allowed: `website`, `app`, `email`, `phone_call`, `chat`, `physical_store`, `system_generated`, `business_messaging`, `other`.",
      "binding.yaml:8:13 config.invalid_value: `config.pixel_id` is no id in digits. Write the id's digits, in quotes.",
      "binding.yaml:9:28 config.invalid_value: `config.event_routes.Purchase` is no id in digits. Write the id's digits, in quotes.",
      "binding.yaml:9:39 config.wrong_type: `config.event_routes.Lead` is a list, where an id in digits is needed. Write an id in digits.",
      "binding.yaml:10:3 config.unknown_key: `config.adAccountId` is not a known key. Did you mean `ad_account_id`?",
      "binding.yaml:11:16 config.invalid_value: `targets.VIP` is no id in digits. Write the id's digits, in quotes.",
      "binding.yaml:12:13 config.invalid_value: `on_failure` is `stop`, which is none of its values. Allowed: `continue_on_any`, `stop_on_terminal`, `stop_on_any`.",
      "binding.yaml:13:14 config.invalid_value: `concurrency` is 17. Write a whole number from 1 to 16.",
      "binding.yaml:14:17 config.wrong_type: `max_body_bytes` is text, where a whole number from 1 is needed. Write a whole number from 1.",
    ]);
  });

  it("tells what events lack", () => {
    const text = "config: {ad_account_id: 1, event_routes: {}}";
    expect(toldBy(bindFile(text, "events"), text)).toEqual([
      "binding.yaml:1:1 config.missing_key: `config.action_source` is missing. Events need it: write where they take place, `website` for one.",
      "binding.yaml:1:1 config.missing_key: neither `config.pixel_id` nor `config.event_routes` says where events go. Write a pixel id for all events, or routes from event names to pixel ids; namespaces give neither.",
    ]);
  });

  it("does not call a value missing that is there but wrong", () => {
    const text = "config: {ad_account_id: x, action_source: x, pixel_id: x}";
    expect(toldBy(bindFile(text, "events"), text).map((line) => line.split(":")[2])).toEqual([
      "25 config.invalid_value",
      "43 config.invalid_value",
      "56 config.invalid_value",
    ]);
  });

  it.each([
    ["pixel_id: ' '", "`config.pixel_id` is no id in digits"],
    ["pixel_id:", "`config.pixel_id` is empty, where an id in digits is needed"],
    ["api_version: v25", "`config.api_version` is no version of the Graph API"],
    ["api_version: v25.0/../me", "`config.api_version` is no version of the Graph API"],
    ["api_version: 25.5", "`config.api_version` is a number, where text is needed"],
    ["action_source: ''", "`config.action_source` is blank, which is none of its values"],
    ["action_source: a0b1", "`config.action_source` is text, which is none of its values"],
    ["test_event_code: 7", "`config.test_event_code` is a number, where text is needed"],
    ["event_routes: 7", "`config.event_routes` is a number, where a map is needed"],
    ["event_routes: {'': 7}", "a name is blank"],
    ["event_routes: {A: 7, ' A': 8}", "`A` is there twice, once with blanks around it"],
  ])("refuses `%s`", (line, message) => {
    const text = `config:\n  ad_account_id: 1\n  ${line}\n`;
    const result = bindFile(text);
    expect(result.ok ? [] : result.error.map((one) => one.message)).toEqual([message]);
  });

  it.each([
    ["concurrency: 0", "`concurrency` is 0"],
    ["concurrency: 1.5", "`concurrency` is 1.5"],
    ["concurrency: yes", "`concurrency` is text, where a whole number from 1 to 16 is needed"],
    ["max_body_bytes: 0", "`max_body_bytes` is 0"],
    [
      "on_personal_data: true",
      "`on_personal_data` is a boolean, where one of `warn`, `drop`, `reject` is needed",
    ],
    ["mapping: {}", "`mapping` is a map, where text is needed"],
    ["credential_namespace: a b", "`credential_namespace` is no namespace"],
    ["config_namespace: a..b", "`config_namespace` is no namespace"],
    ["config_namespace: ''", "`config_namespace` is blank"],
  ])("refuses `%s` beside a sound config", (line, message) => {
    const result = bindFile(`config: {ad_account_id: 1}\n${line}\n`);
    expect(result.ok ? [] : result.error.map((one) => one.message)).toEqual([message]);
  });

  it("does not miss in a namespace what a wrong name of it hides", () => {
    for (const line of ["config_namespace: a..b", "config_namspace: a.b"])
      expect(toldBy(bindFile(line), line)).toHaveLength(1);
  });

  it("has the diagnostics of YAML when it is none", () => {
    const text = "config: {a: 1";
    expect(toldBy(bindFile(text), text).map((line) => line.split(": ")[0])).toEqual([
      "binding.yaml:1:9 yaml.syntax",
    ]);
  });

  it("must be a map, and its config too", () => {
    expect(toldBy(bindFile("- a"), "- a")).toEqual([
      "binding.yaml:1:1 config.wrong_type: the file is a list, where a map is needed. Write a map.",
    ]);
    expect(toldBy(bindFile("config: 7", "events"), "config: 7")).toEqual([
      "binding.yaml:1:9 config.wrong_type: `config` is a number, where a map is needed. Write a map.",
    ]);
  });

  it("lacks an ad account when it is empty", () => {
    expect(toldBy(bindFile(""))).toEqual([
      "binding.yaml:1:1 config.missing_key: `config.ad_account_id` is missing. Write it, or name a namespace that holds it.",
    ]);
  });
});

describe("options that are wrong", () => {
  it("have their problems told by the names that code uses", () => {
    const options = optionsOf(
      `{"maping": "events", "onFailure": "stop", "config": {"pixel_id": "5", "actionSource": 7}}`,
    );
    const sources = ACTION_SOURCES.map((one) => `\`${one}\``).join(", ");
    expect(toldBy(bindOptions(options, "events"))).toEqual([
      "the options at maping config.unknown_key: `maping` is not a known key. Did you mean `mapping`?",
      "the options at onFailure config.invalid_value: `onFailure` is `stop`, which is none of its values. Allowed: `continue_on_any`, `stop_on_terminal`, `stop_on_any`.",
      "the options at config.pixel_id config.unknown_key: `config.pixel_id` is not a known key. Did you mean `pixelId`?",
      "the options at config config.missing_key: `config.adAccountId` is missing. Write it, or name a namespace that holds it.",
      `the options at config.actionSource config.wrong_type: \`config.actionSource\` is a number, where one of ${sources} is needed. Write one of ${sources}.`,
    ]);
  });

  it("may not hold values that are no values", () => {
    const options = { targets: new Map([["VIP", "1"]]), config: { adAccountId: Number.NaN } };
    // @ts-expect-error a Map is no plain object
    expect(toldBy(bindOptions(options))).toEqual([
      "the options at targets config.wrong_type: `targets` is not a JSON value. Give plain values: text, numbers, lists, objects.",
      "the options at config.adAccountId config.wrong_type: `config.adAccountId` is not a finite number. Give plain values: text, numbers, lists, objects.",
    ]);
  });

  it("may hold nothing beside a function that gives the token", () => {
    const credentials = { accessToken: () => "t", token: "t" };
    expect(toldBy(bindOptions({ config: { adAccountId: 1 }, credentials }))).toEqual([
      "the options at credentials.token config.unknown_key: `credentials.token` is not a known key. Allowed: `accessToken`.",
    ]);
  });

  it.each([["fetch"], [null], [{}]])("refuse the transport %j, which is no function", (value) => {
    const options = { config: { adAccountId: 1 }, transport: value };
    // @ts-expect-error it is no function
    expect(toldBy(bindOptions(options))).toEqual([
      "the options at transport config.transport: `transport` is no function. Pass a `fetch`-compatible function: a `Request` in, a promise of a `Response` out.",
    ]);
  });
});

/** Options as JavaScript callers may give them, unchecked. */
function optionsOf(json: string): BindingOptions {
  const parsed: BindingOptions = JSON.parse(json);
  return parsed;
}
