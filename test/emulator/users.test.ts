import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.js";
import type { SeedAudience } from "../../src/emulator/options.js";
import { ask, digest, emulatorAt, type Reply } from "./ask.js";

const A = digest("a@example.test");
const B = digest("b@example.test");
const PHONE = digest("16505550100");

function seeded(more: Partial<SeedAudience> = {}): Emulator {
  return emulatorAt({ audiences: [{ id: "7", adAccountId: "1", name: "Seed", ...more }] }).emulator;
}

function upload(
  emulator: Emulator,
  method: "POST" | "DELETE",
  schema: readonly string[],
  data: readonly (readonly unknown[])[],
  more: object = {},
): Promise<Reply> {
  return ask(emulator, method, "/7/users", { payload: { schema, data }, ...more });
}

function held(emulator: Emulator): unknown {
  return emulator.state().audiences[0]?.held;
}

describe("adding people", () => {
  it("acknowledges the rows and counts them for this request alone", async () => {
    const emulator = seeded();
    expect(await upload(emulator, "POST", ["EMAIL"], [[A], [B]])).toEqual({
      status: 200,
      body: {
        audience_id: "7",
        session_id: "910000000000000001",
        num_received: 2,
        num_invalid_entries: 0,
        invalid_entry_samples: {},
      },
    });
    expect(await upload(emulator, "POST", ["EMAIL"], [[A]])).toMatchObject({
      body: { session_id: "910000000000000002", num_received: 1 },
    });
  });

  it("keeps each key cell, with the other cells of its row beside it", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL", "PHONE", "FN"], [[A, PHONE, B]]);
    expect(held(emulator)).toEqual([
      { identifier: `EMAIL=${A}`, beside: [`FN=${B}`] },
      { identifier: `PHONE=${PHONE}`, beside: [`FN=${B}`] },
    ]);
  });

  it("keeps the context cells of a row without key cells together", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["FN", "EMAIL", "CT"], [[A, "", B]]);
    expect(held(emulator)).toEqual([{ identifier: `CT=${B}&FN=${A}`, beside: [] }]);
  });

  it("keeps a person once who is added twice", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL"], [[A], [A]]);
    await upload(emulator, "POST", ["EMAIL"], [[A]]);
    expect(emulator.summary().audiences[0]).toEqual({
      id: "7",
      adAccountId: "1",
      name: "Seed",
      subtype: "CUSTOM",
      operationStatus: 200,
      uploads: { requests: 2, rows: 3, invalidRows: 0 },
      identifiers: 1,
      people: 1,
    });
  });

  it("makes the audience normal and deliverable", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL"], [[A]]);
    const fields = "operation_status,delivery_status,approximate_count_upper_bound";
    expect((await ask(emulator, "GET", `/7?fields=${fields}`)).body).toEqual({
      id: "7",
      operation_status: { code: 200, description: "Normal" },
      delivery_status: { code: 200, description: "Ready" },
      approximate_count_upper_bound: 1,
    });
  });

  it("answers an unknown audience with code 100 and subcode 33", async () => {
    const reply = await ask(seeded(), "POST", "/8/users", {
      payload: { schema: ["EMAIL"], data: [[A]] },
    });
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
  });
});

describe("invalid rows", () => {
  it("counts a row whose digest is none, names the cell, and stores the others", async () => {
    const emulator = seeded();
    expect(await upload(emulator, "POST", ["EMAIL"], [["plain"], [A], [B.toUpperCase()]])).toEqual({
      status: 200,
      body: {
        audience_id: "7",
        session_id: "910000000000000001",
        num_received: 3,
        num_invalid_entries: 2,
        invalid_entry_samples: {
          plain: "not a SHA-256 digest in lower-case hex",
          [B.toUpperCase()]: "not a SHA-256 digest in lower-case hex",
        },
      },
    });
    expect(held(emulator)).toEqual([{ identifier: `EMAIL=${A}`, beside: [] }]);
  });

  it("stores nothing of a row with one malformed cell", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL", "PHONE"], [[A, "16505550100"]]);
    expect(held(emulator)).toEqual([]);
  });

  it("counts a row without any cell and cannot name it", async () => {
    const reply = await upload(seeded(), "POST", ["EMAIL", "PHONE"], [["", ""]]);
    expect(reply.body).toMatchObject({ num_invalid_entries: 1, invalid_entry_samples: {} });
  });

  it("accepts a digest with the mark of Meta's parameter builder, and plain ids as they are", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL", "MADID"], [[`${A}.AQQCAQAB`, "ABCD-12"]]);
    expect(held(emulator)).toMatchObject([
      { identifier: `EMAIL=${A}.AQQCAQAB` },
      { identifier: "MADID=ABCD-12" },
    ]);
  });

  it("names at most 100 of them", async () => {
    const data = Array.from({ length: 150 }, (_, index) => [`plain ${String(index)}`]);
    const reply = await upload(seeded(), "POST", ["EMAIL"], data);
    expect(reply.body).toHaveProperty("num_invalid_entries", 150);
    const { body } = reply;
    const samples =
      typeof body === "object" && body !== null && "invalid_entry_samples" in body
        ? body.invalid_entry_samples
        : undefined;
    expect(Object.keys(samples ?? {})).toHaveLength(100);
  });
});

describe("uploads that are refused whole", () => {
  it.each([
    ["no rows", ["EMAIL"], [], ["payload", "data"]],
    ["an unknown column", ["EMAILS"], [[A]], ["payload", "schema", 0]],
    ["a column twice", ["EMAIL", "EMAIL"], [[A, A]], ["payload", "schema"]],
    ["a cell that is null", ["EMAIL"], [[null]], ["payload", "data", 0, 0]],
    ["a row that is too short", ["EMAIL", "PHONE"], [[A, ""], [A]], ["payload", "data", 1]],
    ["app-scoped ids without an app", ["APPUID"], [["1"]], ["payload", "app_ids"]],
    ["page-scoped ids without a page", ["PAGEUID"], [["1"]], ["payload", "page_ids"]],
    [
      "values for people without value",
      ["EMAIL", "LOOKALIKE_VALUE"],
      [[A, 1]],
      ["payload", "schema"],
    ],
  ])("refuses %s", async (_, schema, data, field) => {
    const emulator = seeded();
    expect(await upload(emulator, "POST", schema, data)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [field] } } },
    });
    expect(emulator.summary().audiences[0]).toMatchObject({ uploads: { requests: 0, rows: 0 } });
  });

  it("refuses 10,001 rows and takes 10,000", async () => {
    const emulator = seeded();
    const data = Array.from({ length: 10_001 }, () => [A]);
    expect(await upload(emulator, "POST", ["EMAIL"], data)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [["payload", "data"]] } } },
    });
    expect((await upload(emulator, "POST", ["EMAIL"], data.slice(1))).status).toBe(200);
  });

  it("takes nobody into a value-based audience without a value, and removes without one", async () => {
    const emulator = seeded({ isValueBased: true });
    expect((await upload(emulator, "POST", ["EMAIL"], [[A]])).status).toBe(400);
    await upload(emulator, "POST", ["EMAIL", "LOOKALIKE_VALUE"], [[A, 0]]);
    expect(held(emulator)).toEqual([{ identifier: `EMAIL=${A}`, beside: ["LOOKALIKE_VALUE=0"] }]);
    expect((await upload(emulator, "DELETE", ["EMAIL"], [[A]])).status).toBe(200);
    expect(held(emulator)).toEqual([]);
  });

  it.each([
    [{ subtype: "LOOKALIKE" }, { code: 2650 }],
    [{ operationStatus: 414 }, { code: 2650, error_subcode: 1870145 }],
    [{ operationStatus: 471 }, { code: 100, error_subcode: 1713230 }],
  ])("refuses an audience seeded as %j", async (seed, error) => {
    expect(await upload(seeded(seed), "POST", ["EMAIL"], [[A]])).toMatchObject({
      status: 400,
      body: { error },
    });
  });
});

describe("upload sessions", () => {
  const session = (batch_seq: number, last_batch_flag = false): object => ({
    session: { session_id: 8, batch_seq, last_batch_flag },
  });

  it("counts what was received and invalid in the session so far", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL"], [[A], ["plain"]], session(1));
    expect(await upload(emulator, "POST", ["EMAIL"], [[B]], session(2))).toMatchObject({
      body: {
        session_id: "8",
        num_received: 3,
        num_invalid_entries: 1,
        invalid_entry_samples: {},
      },
    });
  });

  it("takes no batch after the last one", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL"], [[A]], session(1, true));
    expect(await upload(emulator, "POST", ["EMAIL"], [[B]], session(2))).toMatchObject({
      status: 400,
      body: { error: { code: 2650, error_subcode: 1870159 } },
    });
  });

  it("keeps to the columns of its first batch", async () => {
    const emulator = seeded();
    await upload(emulator, "POST", ["EMAIL"], [[A]], session(1));
    expect(await upload(emulator, "POST", ["PHONE"], [[B]], session(2))).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_data: { blame_field_specs: [["payload", "schema"]] } } },
    });
  });
});
