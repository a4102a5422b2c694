import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.js";
import { ask, digest, emulatorAt, type Reply } from "./ask.js";

const [A, B, C] = ["a@example.test", "b@example.test", "c@example.test"].map(digest);
const NINETY_MINUTES = 5_400;

function seeded(operationStatus = 200) {
  const audience = { id: "7", adAccountId: "1", name: "Seed", operationStatus };
  return emulatorAt({ audiences: [audience] });
}

/** One batch of a session; the session is 8 when nothing else is said. */
function replace(
  emulator: Emulator,
  rows: readonly (string | undefined)[],
  batch: { readonly seq: number; readonly last?: boolean; readonly session?: number },
): Promise<Reply> {
  const { seq, last = false, session = 8 } = batch;
  return ask(emulator, "POST", "/7/usersreplace", {
    payload: { schema: ["EMAIL"], data: rows.map((row) => [row]) },
    session: { session_id: session, batch_seq: seq, last_batch_flag: last },
  });
}

function add(emulator: Emulator, row: string | undefined): Promise<Reply> {
  return ask(emulator, "POST", "/7/users", { payload: { schema: ["EMAIL"], data: [[row]] } });
}

function heldOf(emulator: Emulator): unknown {
  return emulator.state().audiences[0]?.held.map(({ identifier }) => identifier);
}

function refusal(code: number, subcode: number) {
  return { status: 400, body: { error: { code, error_subcode: subcode } } };
}

describe("replacing everybody", () => {
  it("shows the new people once the last batch is there, and counts the whole session", async () => {
    const { emulator } = seeded();
    await add(emulator, A);
    expect(await replace(emulator, [B, "plain"], { seq: 1 })).toMatchObject({
      status: 200,
      body: { session_id: "8", num_received: 2, num_invalid_entries: 1 },
    });
    expect(heldOf(emulator)).toEqual([`EMAIL=${String(A)}`]);
    expect(await replace(emulator, [C], { seq: 2, last: true })).toMatchObject({
      body: { num_received: 3, num_invalid_entries: 1 },
    });
    expect(heldOf(emulator)).toEqual([B, C].map((row) => `EMAIL=${String(row)}`).sort());
  });

  it("takes nothing else meanwhile, and says so in its status", async () => {
    const { emulator } = seeded();
    await replace(emulator, [B], { seq: 1 });
    expect((await ask(emulator, "GET", "/7?fields=operation_status")).body).toMatchObject({
      operation_status: { code: 414 },
    });
    expect(await add(emulator, C)).toMatchObject(refusal(2650, 1870145));
    expect(await replace(emulator, [C], { seq: 1, session: 9 })).toMatchObject(
      refusal(2650, 1870145),
    );
    expect(await replace(emulator, [B], { seq: 1 })).toMatchObject(refusal(2650, 1870145));
    await replace(emulator, [C], { seq: 2, last: true });
    expect((await add(emulator, A)).status).toBe(200);
  });

  it("ends by itself after 90 minutes, with whoever was sent by then", async () => {
    const { emulator, moveClock } = seeded();
    await add(emulator, A);
    await replace(emulator, [B], { seq: 1 });
    moveClock(NINETY_MINUTES - 1);
    expect(heldOf(emulator)).toEqual([`EMAIL=${String(A)}`]);
    moveClock(1);
    expect(heldOf(emulator)).toEqual([`EMAIL=${String(B)}`]);
    expect(await replace(emulator, [C], { seq: 2, last: true })).toMatchObject(
      refusal(2650, 1870158),
    );
    expect((await replace(emulator, [C], { seq: 1, session: 9, last: true })).status).toBe(200);
  });

  it("refuses a batch of a session that was never opened, or that has ended", async () => {
    const { emulator } = seeded();
    expect(await replace(emulator, [B], { seq: 2 })).toMatchObject(refusal(2650, 1870147));
    await replace(emulator, [B], { seq: 1, last: true });
    expect(await replace(emulator, [C], { seq: 2 })).toMatchObject(refusal(2650, 1870159));
  });

  it("keeps to the columns of its first batch", async () => {
    const { emulator } = seeded();
    await replace(emulator, [B], { seq: 1 });
    const body = {
      payload: { schema: ["PHONE"], data: [[C]] },
      session: { session_id: 8, batch_seq: 2, last_batch_flag: true },
    };
    expect(await ask(emulator, "POST", "/7/usersreplace", body)).toMatchObject({
      body: { error: { code: 100 } },
    });
    expect(heldOf(emulator)).toEqual([]);
  });

  it("is only for an audience in order", async () => {
    const begin = (status: number) => replace(seeded(status).emulator, [B], { seq: 1 });
    expect((await begin(415)).status).toBe(200);
    expect(await begin(410)).toMatchObject({ status: 400, body: { error: { code: 2650 } } });
    expect(await begin(471)).toMatchObject(refusal(100, 1713230));
  });
});
