/** People are erased: from audiences, from the store, and for later runs. */
import { describe, expect, it } from "vitest";
import { erasedAudiences, forgetStatus } from "../../../src/sync/forget/forget-result.js";
import { requests, settled } from "../mirror/requests.js";
import { csv, MirrorWorld, syncText, type Person } from "../mirror/world.js";
import { erase, lift, record, send } from "./erasing.js";
import { ANN, ANN_ERASED, BOB, email, EVERYBODY, phone, sha } from "./people.js";

/** Everything in some tables, as text. */
function kept(tables: object): string {
  return JSON.stringify(Object.values(tables).map((table: Iterable<unknown>) => Array.from(table)));
}

/** The body of a request, and whose audience it is for. */
function bodies(world: MirrorWorld): readonly unknown[] {
  const names = new Map(world.emulator.state().audiences.map(({ id, name }) => [id, name]));
  return world.sent.map(({ method, id, body }) => {
    const parsed: unknown = JSON.parse(body);
    return [`${method} ${names.get(id) ?? id}`, parsed];
  });
}

describe("erasing people", () => {
  it("removes whole rows as they are held, then the identifiers as they are given from every audience", async () => {
    const world = await settled(EVERYBODY);
    const result = await erase(world, ANN_ERASED);
    expect(bodies(world)).toEqual([
      [
        "DELETE VIP",
        {
          payload: {
            schema: ["EMAIL", "PHONE"],
            data: [[sha("ann@example.test"), sha("+4930111")]],
          },
        },
      ],
      ["DELETE Lapsed", { payload: { schema: ["EMAIL"], data: [[sha("ann@example.test")]] } }],
      ["DELETE VIP", { payload: { schema: ["EMAIL"], data: [[sha("ann@example.test")]] } }],
    ]);
    expect(forgetStatus(result)).toBe("succeeded");
    expect(erasedAudiences(result)).toEqual([
      { target: "Lapsed", held: 0, planned: 1, acknowledged: 1 },
      { target: "VIP", held: 1, planned: 2, acknowledged: 2 },
    ]);
    expect(world.held("VIP")).toEqual([email("bob@example.test"), phone("+4930222")].sort());
    expect(world.held("Lapsed")).toEqual([email("cid@example.test")]);
  });

  it("keeps them out of the next run of the same table, which counts their records", async () => {
    const world = await settled(EVERYBODY);
    await erase(world, ANN_ERASED);
    world.takeSent();
    const next = await world.run(csv(EVERYBODY));
    expect(requests(world)).toEqual([]);
    expect(next.status).toBe("succeeded");
    expect(next.records).toMatchObject({ read: 3, suppressed: 1, unchanged: 2 });
    expect((await world.plan(csv(EVERYBODY))).result.records).toMatchObject({ suppressed: 1 });
  });

  it("keeps out a record that has another row as well, whatever its other identifiers are", async () => {
    const world = await settled([BOB]);
    await erase(world, ANN_ERASED);
    world.takeSent();
    const both = { ...ANN, email: "other@example.test", work_email: " Ann@Example.Test " };
    expect((await world.run(csv([BOB, both]))).records).toMatchObject({ suppressed: 1 });
    expect(requests(world)).toEqual([]);
  });

  it("leaves nothing of them in the store but digests with its salt", async () => {
    const world = await settled(EVERYBODY);
    await erase(world, ANN_ERASED);
    const { leases, suppressed, ...tables } = world.tables;
    expect(suppressed.size).toBe(1);
    const all = kept(tables);
    for (const text of ['"ann', "+4930111", sha("ann@example.test"), sha("+4930111")])
      expect(all).not.toContain(text);
    expect(JSON.stringify([...suppressed])).not.toContain(sha("ann@example.test"));
  });

  it("keeps evidence of each request in the ledger", async () => {
    const world = await settled(EVERYBODY);
    await erase(world, ANN_ERASED);
    const ledger = await world.store.ledger.list({ limit: 3 });
    expect(
      ledger.map(({ sync, operation, target, state, records }) => [
        sync,
        operation,
        target,
        state,
        records,
      ]),
    ).toEqual([
      ["forget:meta", "remove", "VIP", "succeeded", 1],
      ["forget:meta", "remove", "Lapsed", "succeeded", 1],
      ["people", "remove", "VIP", "succeeded", 1],
    ]);
  });

  it.each(["cell" as const, "person" as const])(
    "sends again in the next run whoever shares an identifier with somebody who was removed, whose %s Meta removes",
    async (matching) => {
      const eve: Person = { id: "eve", email: "eve@example.test", phone: "+4930111" };
      const world = await settled([ANN, BOB, eve], new MirrorWorld({ matching }));
      await erase(world, ANN_ERASED);
      world.takeSent();
      const next = await world.run(csv([ANN, BOB, eve]));
      expect(next.mirror?.audiences).toMatchObject([{ members: { repeated: 1, unchanged: 1 } }]);
      expect(world.held()).toContain(phone("+4930111"));
    },
  );

  it("is not held up by the removal guard", async () => {
    const world = await settled([ANN]);
    expect(forgetStatus(await erase(world, ANN_ERASED))).toBe("succeeded");
    expect(world.held()).toEqual([]);
  });

  it("removes from audiences to which a sync only adds, and keeps them out there", async () => {
    const only = syncText(["operations: [upsert]"]);
    const world = new MirrorWorld();
    await world.run(csv([ANN, BOB]), { sync: only });
    await erase(world, ANN_ERASED);
    world.takeSent();
    await world.run(csv([ANN, BOB]), { sync: only });
    expect(requests(world)).toEqual([]);
    expect(world.held()).not.toContain(email("ann@example.test"));
  });
});

describe("erasing people who may be in audiences of records", () => {
  it("removes the identifiers as they are given, and leaves out the records from then on", async () => {
    const world = new MirrorWorld();
    await send(world, "custom_audiences", [record("ann"), record("bob")]);
    world.takeSent();
    expect(forgetStatus(await erase(world, ANN_ERASED))).toBe("succeeded");
    expect(requests(world)).toEqual(["DELETE Leads: 1"]);
    world.takeSent();
    const again = await send(world, "custom_audiences", [record("ann"), record("bob")]);
    expect(again.records).toMatchObject({ read: 2, suppressed: 1, acknowledged: 1 });
    expect(world.held("Leads")).toEqual([email("bob@example.test")]);
  });

  it("still sends records that remove them", async () => {
    const world = new MirrorWorld();
    await send(world, "custom_audiences", [record("ann")]);
    await erase(world, ANN_ERASED);
    const removed = await send(world, "custom_audiences", [record("ann", "remove")]);
    expect(removed.records).toMatchObject({ suppressed: 0, acknowledged: 1 });
  });

  it("asks for nothing where nobody was ever added", async () => {
    const world = new MirrorWorld();
    const result = await erase(world, ANN_ERASED);
    expect(world.sent).toEqual([]);
    expect(forgetStatus(result)).toBe("succeeded");
    expect(await world.store.runs.list(9)).toMatchObject([{ sync: "forget:meta" }]);
    expect(await world.store.suppressions.any()).toBe(true);
  });

  it("says which audience does not exist any more, and is no success", async () => {
    const world = new MirrorWorld({ audiences: { Other: "9" } });
    await send(world, "custom_audiences", [record("ann")]);
    const elsewhere = new MirrorWorld({ store: world.store, audiences: { Other: "8" } });
    const result = await erase(elsewhere, ANN_ERASED);
    expect(forgetStatus(result)).toBe("failed");
    const [failure] = result.runs.flatMap((run) => run.result.failures);
    expect(failure?.summary).toContain('the audience "Leads"');
  });
});

describe("a dry erasure", () => {
  it("tells what would be removed, and writes and sends nothing", async () => {
    const world = await settled(EVERYBODY);
    const before = kept(world.tables);
    const result = await erase(world, ANN_ERASED, { mode: "dry" });
    expect(result).toMatchObject({ dryRun: true, people: 1, identifiers: 1, suppressedBefore: 0 });
    expect(erasedAudiences(result)).toEqual([
      { target: "Lapsed", held: 0, planned: 1, acknowledged: 0 },
      { target: "VIP", held: 1, planned: 2, acknowledged: 0 },
    ]);
    expect(forgetStatus(result)).toBe("succeeded");
    expect(world.sent).toEqual([]);
    expect(kept(world.tables)).toBe(before);
  });
});

describe("an erasure that is lifted", () => {
  it("lets the next run add them again, and tells how many identifiers it was", async () => {
    const world = await settled(EVERYBODY);
    await erase(world, "email,phone_e164\nann@example.test,\n,+4930999\n");
    expect(await lift(world, `${ANN_ERASED}nobody@example.test\n`)).toBe(1);
    expect(await world.store.suppressions.any()).toBe(true);
    world.takeSent();
    const next = await world.run(csv(EVERYBODY));
    expect(next.mirror?.audiences).toMatchObject([
      { members: { joined: 0 } },
      { members: { joined: 1 } },
    ]);
    expect(world.held()).toContain(email("ann@example.test"));
    expect(next.records).toMatchObject({ suppressed: 0 });
  });

  it("lets whoever takes over an audience that was released before it add them again", async () => {
    const flat = { id: "flat", email: "flat@example.test", phone: ANN.phone ?? "" };
    const everybody = [ANN, flat, BOB];
    const world = await settled(everybody, new MirrorWorld({ matching: "person" }));
    const [audience] = await world.store.members.audiences();
    expect(await world.store.members.release(audience?.audienceId ?? "")).toBe("released");
    await erase(world, ANN_ERASED);
    expect(requests(world)).toEqual(["DELETE VIP: 1"]);
    expect(world.held()).not.toContain(email("ann@example.test"));
    await lift(world, ANN_ERASED);
    world.takeSent();
    const next = await world.run(csv(everybody), {
      sync: syncText().replace("sync: people", "sync: others"),
    });
    expect(requests(world)).toEqual(["POST VIP: 2"]);
    expect(next.status).toBe("succeeded");
    expect(world.held()).toContain(email("ann@example.test"));
  });
});
