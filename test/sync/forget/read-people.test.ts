import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readPeople } from "../../../src/sync/forget/read-people.js";
import { bindingOf, mappingOf, PLACE, readText } from "./erasing.js";

const OWN = `
mapping: 1
surface: custom_audiences
rows: combined
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  PHONE: {identifier: phone_e164, normalize: digits, hash: sha256}
  EXTERN_ID: {identifier: external_id}
  FN: {identifier: first_name, normalize: lowercase, hash: sha256}
`;

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function read(text: string, name?: string, mapping = OWN) {
  return readText(text, await mappingOf("custom_audiences", mapping), name);
}

describe("people who are to be erased", () => {
  it("are normalised and hashed as a sync does it, and what is a digest already is kept", async () => {
    const given = `email,phone_e164,external_id\n" Ann@Example.Test ",+49 30 111,c-1\n${sha("bob@example.test").toUpperCase()},,\n`;
    expect(await read(given)).toMatchObject({
      ok: true,
      value: {
        records: [{ identity: "#1", operation: "remove" }, { identity: "#2" }],
        cells: [
          ["EMAIL", sha("ann@example.test")],
          ["PHONE", sha("4930111")],
          ["EXTERN_ID", "c-1"],
          ["EMAIL", sha("bob@example.test")],
        ],
        rejections: [],
      },
    });
  });

  it("may have several identifiers of a type, in an array of NDJSON, and be named twice", async () => {
    const given = '{"email": ["a@x.test", "b@x.test"]}\n{"email": "a@x.test", "external_id": 7}\n';
    expect(await read(given, "erased.ndjson")).toMatchObject({
      value: {
        cells: [
          ["EMAIL", sha("a@x.test")],
          ["EMAIL", sha("b@x.test")],
          ["EXTERN_ID", "7"],
        ],
      },
    });
  });

  it("are rejected, each by its row, when nothing finds them alone", async () => {
    const given = "email,first_name\n,Ann\na@x.test,\n,\n";
    expect(await read(given)).toMatchObject({
      value: {
        records: [{ identity: "#2" }],
        rejections: [
          { identity: "#1", code: "missing", field: "identifiers" },
          { identity: "#3", code: "missing", field: "identifiers" },
        ],
      },
    });
  });

  it("are not found by a value that cannot be used, which is counted", async () => {
    expect(await read("email,phone_e164\na@x.test,none\n")).toMatchObject({
      value: {
        cells: [["EMAIL", sha("a@x.test")]],
        dropped: new Map([["PHONE", new Map([["nothing_left", 1]])]]),
      },
    });
  });

  it("are not read when a column has a name that the mapping does not read", async () => {
    expect(await read("email,external_idd,note\na@x.test,1,x\n")).toMatchObject({
      ok: false,
      error: [
        {
          code: "forget.unread_column",
          message:
            "the mapping reads no identifiers of type `external_idd`, as a column of the file is called",
          remedy:
            "Did you mean `external_id`? The mapping `custom_audiences.yaml` reads `email`, `phone_e164`, `external_id`, `first_name`.",
        },
        { code: "forget.unread_column" },
      ],
    });
  });

  it("are not read when the file is not there, or breaks off", async () => {
    const mapping = await mappingOf("custom_audiences");
    const binding = bindingOf("custom_audiences");
    const absent = { file: "/nowhere/erased.csv", place: PLACE, mapping, binding };
    expect(await readPeople(absent)).toMatchObject({ ok: false, error: [{ place: PLACE }] });
    expect(await read('email,external_id\na@x.test,"1\n')).toMatchObject({ ok: false });
  });
});
