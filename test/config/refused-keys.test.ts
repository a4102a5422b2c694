import { describe, expect, it } from "vitest";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { bindFile, bindOptions } from "./bindings.js";
import { toldBy } from "./told.js";

const URL_REASON =
  "cannot be set: requests carry a token and people's identifiers, so they go only to Meta's Graph API, whose origin the spec fixes. Remove it; for tests pass a `transport` in code, or use `--emulator`.";
const TOKEN_REASON =
  "is a credential and has no place in a configuration. Remove it; set `credential_namespace`, or a reference like `env:NAME` in `credentials`.";

describe("`base_url` is refused with its reason", () => {
  it("in a binding file, at the top and under config, in either spelling", () => {
    const text = `base_url: https://example.test
config:
  ad_account_id: 1
  base_url: https://example.test
  baseUrl: https://example.test
  baseURL: https://example.test
`;
    expect(toldBy(bindFile(text), text)).toEqual([
      `binding.yaml:1:1 config.base_url: \`base_url\` ${URL_REASON}`,
      `binding.yaml:4:3 config.base_url: \`config.base_url\` ${URL_REASON}`,
      `binding.yaml:5:3 config.base_url: \`config.baseUrl\` ${URL_REASON}`,
      `binding.yaml:6:3 config.base_url: \`config.baseURL\` ${URL_REASON}`,
    ]);
  });

  it("in a sync file, at the top and in its destination", () => {
    const text = `sync: a
source: {file: a.csv}
state: {key: {id: id}, target: {value: VIP}}
base_url: https://example.test
destination:
  mapping: custom_audiences
  base_url: https://example.test
  config: {ad_account_id: 1, base_url: https://example.test}
`;
    expect(toldBy(readSyncFile(text, "a.yaml", "/project"), text)).toEqual([
      `a.yaml:4:1 config.base_url: \`base_url\` ${URL_REASON}`,
      `a.yaml:7:3 config.base_url: \`destination.base_url\` ${URL_REASON}`,
      `a.yaml:8:30 config.base_url: \`destination.config.base_url\` ${URL_REASON}`,
    ]);
  });

  it("in code", () => {
    const options = {
      baseUrl: "https://example.test",
      config: { adAccountId: 1, baseUrl: "https://example.test", base_url: "" },
    };
    expect(toldBy(bindOptions(options))).toEqual([
      `the options at baseUrl config.base_url: \`baseUrl\` ${URL_REASON}`,
      `the options at config.baseUrl config.base_url: \`config.baseUrl\` ${URL_REASON}`,
      `the options at config.base_url config.base_url: \`config.base_url\` ${URL_REASON}`,
    ]);
  });

  it("in the table of a namespace and in the variable of one, once each", () => {
    const text = `config: {ad_account_id: 1}
config_namespace: destinations.meta
credential_namespace: destinations.meta
`;
    const sources = {
      env: { DESTINATIONS__META__BASE_URL: "https://example.test" },
      toml: { destinations: { meta: { base_url: "https://example.test" } } },
      tomlFile: "conf.toml",
    };
    expect(toldBy(bindFile(text, "custom_audiences", sources), text)).toEqual([
      `the environment at DESTINATIONS__META__BASE_URL config.base_url: \`DESTINATIONS__META__BASE_URL\` ${URL_REASON}`,
      `conf.toml at destinations.meta.base_url config.base_url: \`destinations.meta.base_url\` ${URL_REASON}`,
    ]);
  });
});

describe("other keys that are refused with their reason", () => {
  it("`access_token` is no config, and its line is not pointed at", () => {
    const text = "config: {ad_account_id: 1, access_token: planted}\naccess_token: planted\n";
    expect(toldBy(bindFile(text), text)).toEqual([
      `binding.yaml at access_token config.access_token: \`access_token\` ${TOKEN_REASON}`,
      `binding.yaml at config.access_token config.access_token: \`config.access_token\` ${TOKEN_REASON}`,
    ]);
    const options = { config: { adAccountId: 1, accessToken: "planted" } };
    expect(toldBy(bindOptions(options))).toEqual([
      `the options at config.accessToken config.access_token: \`config.accessToken\` ${TOKEN_REASON}`,
    ]);
  });

  it("`transport` is no config", () => {
    const text = "config: {ad_account_id: 1, transport: fetch}\ntransport: fetch";
    expect(toldBy(bindFile(text), text)).toEqual([
      "binding.yaml:1:28 config.transport: `config.transport` is a function and no key of a configuration. Pass it in code, beside `config`.",
      "binding.yaml:2:1 config.transport: `transport` is a function and no key of a configuration. Pass it in code, beside `config`.",
    ]);
    const options = { config: { adAccountId: 1, transport: "fetch" } };
    expect(toldBy(bindOptions(options))).toEqual([
      "the options at config.transport config.transport: `config.transport` is a function and no key of a configuration. Pass it in code, beside `config`.",
    ]);
  });
});
