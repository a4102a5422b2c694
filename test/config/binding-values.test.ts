import { describe, expect, expectTypeOf, it } from "vitest";
import { configValues } from "../../src/config/binding.js";
import type {
  BINDING_KEYS,
  CamelCase,
  CONFIG_KEYS,
  CREDENTIAL_KEYS,
} from "../../src/config/binding-keys.js";
import type { BindingOptions, ConfigOptions } from "../../src/config/binding-options.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { CONFIG_NAMES } from "../../src/mapping/path.js";
import { bindFile, bindOptions } from "./bindings.js";
import { toldBy, valueOf } from "./told.js";

const EVENTS = `
config:
  ad_account_id: " act_123 "
  api_version: /v24.0/
  custom_audience_customer_file_source: PARTNER_PROVIDED_ONLY
  action_source: website
  pixel_id: " 123 "
  event_routes: {Purchase: 77, " Lead ": " 88 "}
  test_event_code: " TEST1 "
`;

describe("a binding", () => {
  it("has defaults for everything but the ad account", () => {
    const binding = valueOf(bindFile("config: {ad_account_id: 123}"));
    expect(binding).toMatchObject({
      bindingName: "binding",
      mapping: undefined,
      config: {
        adAccountId: "123",
        apiVersion: API_VERSION,
        customerFileSource: "USER_PROVIDED_ONLY",
        actionSource: undefined,
        pixelId: undefined,
        eventRoutes: new Map(),
        testEventCode: undefined,
      },
      targets: new Map(),
      onFailure: "continue_on_any",
      onPersonalData: "warn",
      concurrency: 4,
      maxBodyBytes: undefined,
      transport: undefined,
    });
  });

  it("trims ids, versions and codes", () => {
    expect(valueOf(bindFile(EVENTS, "events")).config).toEqual({
      adAccountId: "123",
      apiVersion: "v24.0",
      customerFileSource: "PARTNER_PROVIDED_ONLY",
      actionSource: "website",
      pixelId: "123",
      eventRoutes: new Map([
        ["Purchase", "77"],
        ["Lead", "88"],
      ]),
      testEventCode: "TEST1",
    });
  });

  it.each(["act_123", "123", " 123 ", " act_123"])("takes the ad account `%s` as 123", (id) => {
    expect(valueOf(bindOptions({ config: { adAccountId: id } })).config.adAccountId).toBe("123");
  });

  it.each(["v25.0", "/v25.0/", " v25.0 ", "//v25.0", " / v25.0 / "])(
    "takes the version `%s` as v25.0",
    (apiVersion) => {
      const binding = valueOf(bindOptions({ config: { adAccountId: 1, apiVersion } }));
      expect(binding.config.apiVersion).toBe("v25.0");
    },
  );

  it.each(["", " ", "~"])("treats the test event code `%s` as none", (code) => {
    const text = `config: {ad_account_id: 1, test_event_code: ${code === "~" ? code : `"${code}"`}}`;
    expect(valueOf(bindFile(text)).config.testEventCode).toBeUndefined();
  });

  it("gives a mapping's `config.…` paths their values, and nothing for what is not configured", () => {
    const values = configValues(valueOf(bindFile(EVENTS, "events")));
    expect([...values]).toEqual([
      ["ad_account_id", "123"],
      ["api_version", "v24.0"],
      ["custom_audience_customer_file_source", "PARTNER_PROVIDED_ONLY"],
      ["action_source", "website"],
      ["pixel_id", "123"],
      ["test_event_code", "TEST1"],
    ]);
    expect([...values.keys()]).toEqual([...CONFIG_NAMES]);
    const few = configValues(valueOf(bindFile("config: {ad_account_id: 1}")));
    expect([...few.keys()]).toEqual(CONFIG_NAMES.slice(0, 3));
  });

  it("reads everything else a binding file holds", () => {
    const text = `
binding_name: " meta_primary "
mapping: maps/mine.yaml
config: {ad_account_id: 1}
targets: {" VIP ": "23847000000000001", Lapsed: 42}
on_failure: stop_on_terminal
on_personal_data: drop
concurrency: 16
max_body_bytes: 5000000
`;
    expect(valueOf(bindFile(text), text)).toMatchObject({
      bindingName: "meta_primary",
      mapping: { kind: "file", path: "/project/maps/mine.yaml" },
      targets: new Map([
        ["VIP", "23847000000000001"],
        ["Lapsed", "42"],
      ]),
      onFailure: "stop_on_terminal",
      onPersonalData: "drop",
      concurrency: 16,
      maxBodyBytes: 5_000_000,
    });
  });

  it("is the same from code, with the same names in camel case", () => {
    const transport = () => Promise.resolve(new Response());
    const binding = valueOf(
      bindOptions(
        {
          bindingName: "meta_primary",
          mapping: "events.meta",
          config: {
            adAccountId: "act_1",
            apiVersion: "v24.0",
            customAudienceCustomerFileSource: "BOTH_USER_AND_PARTNER_PROVIDED",
            actionSource: "app",
            eventRoutes: { Purchase: "5" },
            testEventCode: "TEST1",
          },
          targets: { VIP: "9" },
          onFailure: "stop_on_any",
          onPersonalData: "reject",
          concurrency: 1,
          maxBodyBytes: 10,
          transport,
        },
        "events",
      ),
    );
    expect(binding).toMatchObject({
      bindingName: "meta_primary",
      mapping: { kind: "shipped", name: "events.meta" },
      config: {
        adAccountId: "1",
        apiVersion: "v24.0",
        customerFileSource: "BOTH_USER_AND_PARTNER_PROVIDED",
        actionSource: "app",
        pixelId: undefined,
        eventRoutes: new Map([["Purchase", "5"]]),
        testEventCode: "TEST1",
      },
      targets: new Map([["VIP", "9"]]),
      onFailure: "stop_on_any",
      onPersonalData: "reject",
      concurrency: 1,
      maxBodyBytes: 10,
    });
    expect(binding.transport).toBe(transport);
  });

  it("has the same keys in its types as in its table", () => {
    type Keys = CamelCase<(typeof BINDING_KEYS)[number]>;
    type Credentials = NonNullable<BindingOptions["credentials"]>;
    // In code a store is an object, which `loadDestination` takes; only files name one by its path.
    expectTypeOf<keyof BindingOptions>().toEqualTypeOf<Exclude<Keys, "store"> | "transport">();
    expectTypeOf<keyof ConfigOptions>().toEqualTypeOf<CamelCase<(typeof CONFIG_KEYS)[number]>>();
    expectTypeOf<keyof Credentials>().toEqualTypeOf<CamelCase<(typeof CREDENTIAL_KEYS)[number]>>();
  });

  it("needs no action source and no pixel for audiences, and either pixel or routes for events", () => {
    expect(toldBy(bindFile("config: {ad_account_id: 1}", "custom_audiences"))).toEqual([]);
    const withPixel = "config: {ad_account_id: 1, action_source: app, pixel_id: 2}";
    expect(toldBy(bindFile(withPixel, "events"))).toEqual([]);
    const withRoutes = "config: {ad_account_id: 1, action_source: app, event_routes: {A: 2}}";
    expect(toldBy(bindFile(withRoutes, "events"))).toEqual([]);
  });
});
