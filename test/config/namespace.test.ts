import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { environmentName } from "../../src/config/namespace.js";
import { bindFile, bindOptions } from "./bindings.js";
import { toldBy, valueOf } from "./told.js";

const toml = {
  destinations: {
    meta: {
      ad_account_id: "act_300",
      api_version: "v23.0",
      custom_audience_customer_file_source: "PARTNER_PROVIDED_ONLY",
      action_source: "app",
      pixel_id: "333",
      test_event_code: "TEST3",
    },
  },
};
const env = {
  DESTINATIONS__META__AD_ACCOUNT_ID: " act_200 ",
  DESTINATIONS__META__API_VERSION: "/v24.0/",
  DESTINATIONS__META__CUSTOM_AUDIENCE_CUSTOMER_FILE_SOURCE: "BOTH_USER_AND_PARTNER_PROVIDED",
};
const NAMESPACE = "config_namespace: destinations.meta\n";

describe("a config namespace", () => {
  it("names variables in upper case, with double underscores for dots", () => {
    expect(environmentName("destinations.meta", "ad_account_id")).toBe(
      "DESTINATIONS__META__AD_ACCOUNT_ID",
    );
  });

  it("gives three values from the environment", () => {
    const binding = valueOf(bindFile(NAMESPACE, "custom_audiences", { env, toml: undefined }));
    expect(binding.config).toMatchObject({
      adAccountId: "200",
      apiVersion: "v24.0",
      customerFileSource: "BOTH_USER_AND_PARTNER_PROVIDED",
    });
  });

  it("gives the same three from TOML, and no other key of the table", () => {
    const binding = valueOf(bindFile(NAMESPACE, "custom_audiences", { env: {}, toml }));
    expect(binding.config).toEqual({
      adAccountId: "300",
      apiVersion: "v23.0",
      customerFileSource: "PARTNER_PROVIDED_ONLY",
      actionSource: undefined,
      pixelId: undefined,
      eventRoutes: new Map(),
      testEventCode: undefined,
    });
  });

  it("is changed by no other variable: not by a pixel id, an action source, a test code", () => {
    const text = `${NAMESPACE}config: {action_source: website, event_routes: {Purchase: 5}}`;
    const others = {
      DESTINATIONS__META__PIXEL_ID: "999",
      DESTINATIONS__META__ACTION_SOURCE: "app",
      DESTINATIONS__META__TEST_EVENT_CODE: "TEST9",
    };
    const before = valueOf(bindFile(text, "events", { env, toml: undefined }));
    const after = valueOf(
      bindFile(text, "events", { env: { ...env, ...others }, toml: undefined }),
    );
    expect(after.config).toEqual(before.config);
    expect(after.config.pixelId).toBeUndefined();
  });

  it("cannot give the pixel of events", () => {
    const sources = { env: { ...env, DESTINATIONS__META__PIXEL_ID: "999" }, toml };
    const text = `${NAMESPACE}config: {action_source: website}`;
    expect(toldBy(bindFile(text, "events", sources), text)).toEqual([
      "binding.yaml:2:1 config.missing_key: neither `config.pixel_id` nor `config.event_routes` says where events go. Write a pixel id for all events, or routes from event names to pixel ids; namespaces give neither.",
    ]);
  });

  it("yields to explicit values, field by field: explicit, environment, TOML, default", () => {
    const text = `${NAMESPACE}config: {ad_account_id: 100}`;
    const sources = { env: { DESTINATIONS__META__API_VERSION: "v24.0" }, toml };
    expect(valueOf(bindFile(text, "custom_audiences", sources)).config).toMatchObject({
      adAccountId: "100",
      apiVersion: "v24.0",
      customerFileSource: "PARTNER_PROVIDED_ONLY",
    });
  });

  it("never stands in for an explicit value that is wrong", () => {
    const text = `${NAMESPACE}config: {ad_account_id: x}`;
    expect(toldBy(bindFile(text, "custom_audiences", { env, toml }), text)).toEqual([
      "binding.yaml:2:25 config.invalid_value: `config.ad_account_id` is no ad account id. Write the id's digits in quotes, with or without `act_` before them.",
    ]);
  });

  it("counts a blank variable as not set", () => {
    const sources = { env: { DESTINATIONS__META__AD_ACCOUNT_ID: " " }, toml };
    const binding = valueOf(bindFile(NAMESPACE, "custom_audiences", sources));
    expect(binding.config.adAccountId).toBe("300");
  });

  it("points at the variable or the TOML key whose value is wrong", () => {
    const sources = {
      env: { DESTINATIONS__META__API_VERSION: "/" },
      toml: { destinations: { meta: { ad_account_id: true, api_version: "v1.0" } } },
    };
    expect(toldBy(bindFile(NAMESPACE, "custom_audiences", sources))).toEqual([
      "retl.toml at destinations.meta.ad_account_id config.wrong_type: `destinations.meta.ad_account_id` is a boolean, where an id in digits is needed. Write an id in digits.",
      `the environment at DESTINATIONS__META__API_VERSION config.invalid_value: \`DESTINATIONS__META__API_VERSION\` is empty without its slashes. Write a version like \`${API_VERSION}\`, or remove the key to get that one.`,
    ]);
  });

  it("says where it looked in vain", () => {
    const sources = { env: {}, toml: { destinations: { meta: "no table" } }, tomlFile: "c.toml" };
    expect(toldBy(bindFile(NAMESPACE, "custom_audiences", sources), NAMESPACE)).toEqual([
      "binding.yaml:1:1 config.missing_key: `config.ad_account_id` is missing. Write it, or set the variable `DESTINATIONS__META__AD_ACCOUNT_ID` or `ad_account_id` in the table `[destinations.meta]` of `c.toml`.",
    ]);
  });

  it("works from code too", () => {
    const sources = { env, toml: undefined };
    const options = { configNamespace: "destinations.meta", config: { apiVersion: "v26.0" } };
    expect(valueOf(bindOptions(options, "custom_audiences", sources)).config).toMatchObject({
      adAccountId: "200",
      apiVersion: "v26.0",
    });
  });
});
