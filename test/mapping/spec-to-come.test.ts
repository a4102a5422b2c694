import { describe, expect, it } from "vitest";
import type { DecodedRecord } from "../../src/core/record.js";
import { cleanJson } from "../../src/core/json.js";
import type { Field, ObjectField } from "../../src/generated/fields.js";
import type { Form } from "../../src/mapping/form.js";
import { NO_STEPS } from "../../src/mapping/form.js";
import { consumedBy } from "../../src/mapping/consumed.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { renderForm } from "../../src/mapping/render-form.js";
import { emptyTally, type Scope } from "../../src/mapping/scope.js";
import type { Path } from "../../src/mapping/shape.js";
import { decodeRecord } from "../../src/surfaces/record-rows.js";

/**
 * Objects as Meta's spec may have them one day: a closed one in a list, a hashed field in an open
 * one. Nothing in the compiler knows which fields there are.
 */
const FACTS = { description: "", page: "", hash: "never", names: [] } as const;
const TEXT: Field = { ...FACTS, kind: "string" };
const HASHED: Field = { ...FACTS, kind: "string", hash: "required" };
const CLOSED: ObjectField = {
  ...FACTS,
  kind: "object",
  open: false,
  fields: { id: TEXT, mail: HASHED },
};
const OPEN: ObjectField = {
  ...FACTS,
  kind: "object",
  open: true,
  fields: { mail: HASHED, part: CLOSED },
};

const PAYLOAD: Path = { root: "payload", parts: [], text: "payload" };
const LIST: Path = { root: "payload", parts: ["list"], text: "payload.list" };

function rendered(form: Form, payload: object) {
  const batch = [decodeRecord("events", cleanJson({ record_identity: "r-1", payload }), 1)];
  const scope: Scope<readonly DecodedRecord[]> = {
    batch,
    index: 0,
    item: undefined,
    fault: undefined,
    tally: emptyTally(),
  };
  const result = renderForm(form, {
    shape: RECORD_SHAPE,
    config: new Map(),
    consumed: consumedBy([form]),
    element: undefined,
    listenTo: () => undefined,
    render: renderForm,
  })(scope);
  return { result, fault: scope.fault, unmapped: Object.fromEntries(scope.tally.unmapped) };
}

describe("a list of closed objects", () => {
  const form: Form = {
    kind: "value",
    span: undefined,
    at: "list",
    field: { ...FACTS, kind: "array", items: CLOSED, unique: false },
    source: { kind: "paths", paths: [LIST] },
    steps: NO_STEPS,
  };

  it("takes the spec's fields, never the hashed ones, and counts what else there is", () => {
    const list = [{ id: 1, mail: "a@example.test", colour: "red" }, { colour: "blue" }];
    expect(rendered(form, { list })).toEqual({
      result: [{ id: "1" }],
      fault: undefined,
      unmapped: { "list.mail": 1, "list.colour": 2 },
    });
  });
});

describe("the rest of an open object", () => {
  const form: Form = {
    kind: "object",
    at: "open",
    span: undefined,
    field: OPEN,
    fields: [],
    rest: { span: undefined, sources: [PAYLOAD], except: new Set() },
  };

  it("never takes a hashed field, and counts what closed objects inside it lack", () => {
    const payload = { mail: "a@example.test", part: { id: 1, colour: "red" }, size: 2 };
    expect(rendered(form, payload)).toEqual({
      result: { part: { id: "1" }, size: 2 },
      fault: undefined,
      unmapped: { "open.mail": 1, "open.part.colour": 1 },
    });
  });

  it("omits an object of which nothing is left", () => {
    expect(rendered(form, { part: { colour: "red" } }).result).toBeUndefined();
  });
});
