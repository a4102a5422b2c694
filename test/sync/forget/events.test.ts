/** Events of people who were erased are withheld. */
import { describe, expect, it } from "vitest";
import { MirrorWorld } from "../mirror/world.js";
import { erase, lift, mappingOf, send } from "./erasing.js";

const EXTERNAL = `
mapping: 1
surface: custom_audiences
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  EXTERN_ID: {identifier: external_id}
`;

function purchase(id: string, type: string, value: string): object {
  return {
    event_name: "Lead",
    occurred_at: "2026-04-30T12:00:00Z",
    key: { event_id: id },
    identifiers: [
      { type, value },
      { type: "phone_e164", value: "+4930999" },
    ],
  };
}

const ANN = purchase("o1", "email", "Ann@example.test");
const BOB = purchase("o2", "email", "bob@example.test");
const CUSTOMER = purchase("o3", "external_id", "c-1");

describe("events of people who were erased", () => {
  it("are withheld and counted, and others are sent", async () => {
    const world = new MirrorWorld();
    await erase(world, "email\nann@example.test\n");
    const result = await send(world, "events", [ANN, BOB]);
    expect(result.records).toMatchObject({ read: 2, suppressed: 1, acknowledged: 1 });
    expect(result.status).toBe("succeeded");
    const [pixel] = world.emulator.state().pixels;
    expect(pixel?.events.map((event) => event.event_id)).toEqual(["o2"]);
  });

  it("are known by an external id that audiences have plain, and events hashed", async () => {
    const world = new MirrorWorld();
    const mapping = await mappingOf("custom_audiences", EXTERNAL);
    await erase(world, "external_id\nc-1\n", { mapping });
    const result = await send(world, "events", [CUSTOMER, BOB]);
    expect(result.records).toMatchObject({ suppressed: 1, acknowledged: 1 });
  });

  it("are sent once the suppression is lifted", async () => {
    const world = new MirrorWorld();
    await erase(world, "email\nann@example.test\n");
    await send(world, "events", [ANN, BOB]);
    expect(await lift(world, "email\nann@example.test\n")).toBe(1);
    const result = await send(world, "events", [ANN, BOB]);
    expect(result.records).toMatchObject({ suppressed: 0, acknowledged: 1, delivered: 1 });
  });
});
