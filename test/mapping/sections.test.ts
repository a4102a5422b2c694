import { describe, expect, it } from "vitest";
import { compile, writesValue, type CompiledAudiences } from "../../src/mapping/compile.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import type { DecodedRecord } from "../../src/core/record.js";
import { audienceMapping, columnsOf, eventMapping, render } from "./render.js";

describe("request", () => {
  it("holds constants and the configuration, the same for every record", () => {
    const mapping = audienceMapping(
      "MADID: {identifier: madid}",
      `
        request:
          is_raw: {value: true}
          app_ids: {value: [1, 2]}
          page_ids: config.pixel_id
          data_source: {type: {from: config.test_event_code, default: EVENT_BASED}}
      `,
    );
    expect(render(mapping, {}, { pixel_id: "456" }).request).toEqual({
      is_raw: true,
      app_ids: ["1", "2"],
      page_ids: ["456"],
      data_source: { type: "EVENT_BASED" },
    });
  });

  it("is empty without content", () => {
    const request = "request: {test_event_code: config.test_event_code}";
    expect(render(eventMapping("event_id: identity", request), {}).request).toEqual({});
    expect(
      render(eventMapping("event_id: identity", request), {}, { test_event_code: " " }).request,
    ).toEqual({});
    expect(render(eventMapping("event_id: identity"), {}).request).toEqual({});
  });
});

describe("only_if", () => {
  const consent = (form: string, payload = {}) =>
    render(eventMapping("event_id: identity", `only_if: ${form}`), { payload });

  it("is a boolean form", () => {
    expect(consent("payload.ok", { ok: "1" }).onlyIf).toBe(true);
    expect(consent("payload.ok", { ok: 0 }).onlyIf).toBe(false);
    expect(consent("payload.ok").onlyIf).toBeUndefined();
    expect(consent("{from: payload.ok, map: {granted: true}, default: false}").onlyIf).toBe(false);
    expect(consent('{from: payload.ok, map: {granted: "true"}}', { ok: "granted" }).onlyIf).toBe(
      true,
    );
  });

  it("rejects a record for which it is neither true nor false", () => {
    expect(consent("payload.ok", { ok: "perhaps" }).fault).toEqual({
      code: "invalid_value",
      field: "only_if",
      message: "`only_if` is neither true nor false (nor 1 or 0).",
    });
  });
});

describe("require", () => {
  const requirement = (mapping: CheckedMapping) => mapping.require;

  it("names fields of the result", () => {
    const written = `
      user_data: {em: {identifier: email, hash: sha256}}
      custom_data: {tier: payload.tier}
    `;
    expect(
      requirement(
        eventMapping(
          written,
          "require: {any_of: [user_data.em, custom_data], all_of: [custom_data.tier]}",
        ),
      ),
    ).toEqual({ anyOf: ["user_data.em", "custom_data"], allOf: ["custom_data.tier"] });
    expect(requirement(eventMapping(written))).toEqual({ anyOf: [], allOf: [] });
  });

  it("can name what a rest may bring", () => {
    const written = `
      user_data: {"*": payload}
      custom_data: {"*": payload}
      "*": payload
    `;
    const names = [
      "user_data.fbp",
      "custom_data.anything",
      "opt_out",
      "original_event_data.order_id",
    ];
    expect(requirement(eventMapping(written, `require: {all_of: [${names.join(", ")}]}`))).toEqual({
      anyOf: [],
      allOf: names,
    });
  });
});

describe("schema", () => {
  const compiled = (mapping: CheckedMapping): CompiledAudiences<readonly DecodedRecord[]> => {
    const audiences = compile(mapping, RECORD_SHAPE, new Map());
    if (audiences.surface !== "custom_audiences") throw new TypeError("a mapping for audiences");
    return audiences;
  };
  const columns = (schema: string) =>
    compiled(audienceMapping(schema)).columns.map(({ name, everyRow, required }) => ({
      name,
      everyRow,
      required,
    }));

  it("keeps the mapping's order, then that of the spec for the rest", () => {
    const names = columns(
      'PHONE: {identifier: p, hash: sha256}\n"*": payload\nMADID: payload.m',
    ).map(({ name }) => name);
    expect(names).toEqual([
      "PHONE",
      "MADID",
      "LOOKALIKE_VALUE",
      "APPUID",
      "PAGEUID",
      "DATA_PROCESSING_OPTIONS",
      "DATA_PROCESSING_OPTIONS_COUNTRY",
      "DATA_PROCESSING_OPTIONS_STATE",
    ]);
  });

  it("puts constants, the configuration and the spec's own such columns into every row", () => {
    const schema = `
      MADID: {identifier: madid}
      COUNTRY: {value: us, hash: sha256}
      EXTERN_ID: config.pixel_id
      PAGEUID: [config.pixel_id, payload.page]
      LOOKALIKE_VALUE: payload.value
      DATA_PROCESSING_OPTIONS: payload.ldu
    `;
    expect(columns(schema)).toEqual([
      { name: "MADID", everyRow: false, required: false },
      { name: "COUNTRY", everyRow: true, required: false },
      { name: "EXTERN_ID", everyRow: true, required: false },
      { name: "PAGEUID", everyRow: false, required: false },
      { name: "LOOKALIKE_VALUE", everyRow: true, required: true },
      { name: "DATA_PROCESSING_OPTIONS", everyRow: true, required: false },
    ]);
  });

  it("takes every usable value of an identifier type, and one of any other source", () => {
    const identifiers = ["a", " ", "b"].map((value) => ({ type: "madid", value }));
    const schema = `
      MADID: {identifier: madid, normalize: uppercase}
      APPUID: payload.app
      DATA_PROCESSING_OPTIONS: {each: payload.flags, item: item}
      DATA_PROCESSING_OPTIONS_STATE: payload.none
    `;
    expect(columnsOf(schema, { identifiers, payload: { app: 7, flags: ["LDU"] } })).toEqual({
      MADID: ["A", "B"],
      APPUID: ["7"],
      DATA_PROCESSING_OPTIONS: [["LDU"]],
    });
  });

  it("lays rows out separately unless it says `combined`", () => {
    const layout = (rows: string) => compiled(audienceMapping("MADID: payload.m", rows)).rows;
    expect(layout("")).toBe("separate");
    expect(layout("rows: separate")).toBe("separate");
    expect(layout("rows: combined")).toBe("combined");
  });
});

describe("writesValue", () => {
  it("is true where the mapping writes the value of a person", () => {
    expect(writesValue(audienceMapping("MADID: payload.m\nLOOKALIKE_VALUE: payload.v"))).toBe(true);
    expect(writesValue(audienceMapping('MADID: payload.m\n"*": payload'))).toBe(false);
    expect(writesValue(eventMapping("event_id: identity"))).toBe(false);
  });
});

describe("identifierTypes", () => {
  it("are those that the mapping reads, wherever it reads them", () => {
    const mapping = eventMapping(
      `
        event_id: identity
        user_data:
          em: {identifier: [email, mail], hash: sha256}
          ph: {identifier: phone, normalize: meta_phone, country: {identifier: country}, hash: sha256}
        app_data: {extinfo: {version: {identifier: os}}}
        custom_data: {x: {each: payload.list, item: {identifier: tag}}}
      `,
      "only_if: {identifier: consent, map: {yes: true}}",
    );
    expect([...compile(mapping, RECORD_SHAPE, new Map()).identifierTypes].sort()).toEqual([
      "consent",
      "country",
      "email",
      "mail",
      "os",
      "phone",
      "tag",
    ]);
  });
});

describe("description", () => {
  it("is kept, and empty when there is none", () => {
    const described = eventMapping("event_id: identity", "description: Shop events.");
    expect(described.description).toBe("Shop events.");
    expect(eventMapping("event_id: identity").description).toBe("");
  });
});
