import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.js";
import type { EmulatorOptions } from "../../src/emulator/options.js";
import { ask, digest, emulatorAt } from "./ask.js";

const [OLD, NEW, OTHER, PHONE] = ["old", "new", "other", "phone"].map(digest);

function withMatching(options: Partial<EmulatorOptions>): Emulator {
  return emulatorAt({
    audiences: [
      { id: "7", adAccountId: "1", name: "One" },
      { id: "8", adAccountId: "1", name: "Two" },
    ],
    ...options,
  }).emulator;
}

async function send(
  emulator: Emulator,
  method: "POST" | "DELETE",
  rows: readonly (readonly [string | undefined, string | undefined])[],
  audience = "7",
): Promise<void> {
  const data = rows.map((row) => row.map((cell) => cell ?? ""));
  const body = { payload: { schema: ["EMAIL", "PHONE"], data } };
  expect((await ask(emulator, method, `/${audience}/users`, body)).status).toBe(200);
}

function groups(emulator: Emulator): unknown {
  return emulator.state().audiences[0]?.groups;
}

describe("matching `cell`", () => {
  it("removes the cells of a row and leaves the others of the same person", async () => {
    const emulator = withMatching({ matching: "cell" });
    await send(emulator, "POST", [[OLD, PHONE]]);
    await send(emulator, "DELETE", [[OLD, undefined]]);
    expect(groups(emulator)).toEqual([[`PHONE=${String(PHONE)}`]]);
  });

  it("takes no notice of who is known to be whom", async () => {
    const emulator = withMatching({
      matching: "cell",
      knownPeople: [
        [
          { column: "EMAIL", value: String(OLD) },
          { column: "EMAIL", value: String(NEW) },
        ],
      ],
    });
    await send(emulator, "POST", [
      [OLD, undefined],
      [NEW, undefined],
    ]);
    await send(emulator, "DELETE", [[OLD, undefined]]);
    expect(groups(emulator)).toEqual([[`EMAIL=${String(NEW)}`]]);
  });
});

describe("matching `person`", () => {
  it("removes whoever a row matches by any key cell, with everything sent for them", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "POST", [
      [OLD, PHONE],
      [OTHER, undefined],
    ]);
    await send(emulator, "DELETE", [[OLD, undefined]]);
    expect(groups(emulator)).toEqual([[`EMAIL=${String(OTHER)}`]]);
  });

  it("takes rows that share a key cell for one person", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "POST", [
      [OLD, undefined],
      [NEW, undefined],
      [OTHER, undefined],
    ]);
    expect(emulator.summary().audiences[0]?.people).toBe(3);
    await send(emulator, "POST", [
      [OLD, PHONE],
      [NEW, PHONE],
    ]);
    expect(groups(emulator)).toEqual(
      [
        [`EMAIL=${String(NEW)}`, `EMAIL=${String(OLD)}`, `PHONE=${String(PHONE)}`].sort(),
        [`EMAIL=${String(OTHER)}`],
      ].sort(),
    );
  });

  it("loses a person whose old address is removed after the new one was added", async () => {
    const emulator = withMatching({
      matching: "person",
      knownPeople: [
        [
          { column: "EMAIL", value: String(OLD) },
          { column: "EMAIL", value: String(NEW) },
        ],
      ],
    });
    await send(emulator, "POST", [[OLD, undefined]]);
    await send(emulator, "POST", [[NEW, undefined]]);
    await send(emulator, "DELETE", [[OLD, undefined]]);
    expect(groups(emulator)).toEqual([]);
  });

  it("keeps that person when the removal comes first", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "POST", [[OLD, PHONE]]);
    await send(emulator, "DELETE", [[OLD, undefined]]);
    await send(emulator, "POST", [[NEW, PHONE]]);
    expect(groups(emulator)).toEqual([[`EMAIL=${String(NEW)}`, `PHONE=${String(PHONE)}`]]);
  });

  it("remembers across audiences who is one person, and removes from the one asked only", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "POST", [[OLD, PHONE]], "8");
    await send(emulator, "POST", [[OLD, undefined]]);
    await send(emulator, "DELETE", [[undefined, PHONE]]);
    expect(emulator.summary().audiences.map(({ people }) => people)).toEqual([0, 1]);
  });

  it("learns nothing from a removal", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "DELETE", [[OLD, PHONE]]);
    await send(emulator, "POST", [
      [OLD, undefined],
      [undefined, PHONE],
    ]);
    expect(emulator.summary().audiences[0]?.people).toBe(2);
  });

  it("counts people, not identifiers, in the approximate size", async () => {
    const emulator = withMatching({ matching: "person" });
    await send(emulator, "POST", [
      [OLD, PHONE],
      [OTHER, undefined],
    ]);
    const reply = await ask(emulator, "GET", "/7?fields=approximate_count_lower_bound");
    expect(reply.body).toEqual({ id: "7", approximate_count_lower_bound: 2 });
  });
});
