/** A sync of people who should be in audiences: what differs is sent, and nothing else. */
import { describe, expect, it } from "vitest";
import { runText } from "../../../src/report/run-text.js";
import { requests, settled } from "./requests.js";
import { csv, MirrorWorld, people, rowsOf, syncText } from "./world.js";

describe("a mirror", () => {
  it("adds everybody at first, then sends what differs, then nothing", async () => {
    const world = new MirrorWorld();
    expect(await world.run(csv(people(5)))).toMatchObject({
      status: "succeeded",
      records: { read: 5, acknowledged: 5, unchanged: 0 },
      mirror: { openRemovals: 0, audiences: [{ target: "VIP", members: { joined: 5 } }] },
    });
    expect(world.held()).toHaveLength(5);
    world.takeSent();
    const [, changed, ...others] = people(5);
    const day2 = csv([{ ...changed, id: "p1", email: "new@example.test" }, ...others]);
    expect(await world.run(day2)).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 1, unchanged: 3 },
      mirror: { audiences: [{ members: { left: 1, changed: 1, unchanged: 3 } }] },
    });
    expect(requests(world)).toEqual(["DELETE VIP: 2", "POST VIP: 1"]);
    expect(world.held()).toHaveLength(4);
    world.takeSent();
    const third = await world.run(day2);
    expect(third).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 0, unchanged: 4 },
      requests: { planned: 0, attempts: 0 },
    });
    expect(world.sent).toEqual([]);
    expect(runText(third)).toBe(
      [
        "custom_audiences: nothing to send: every audience is as its source wants it",
        "",
        "AUDIENCE  JOINED  LEFT  CHANGED  MOVED  REPEATED  UNCHANGED",
        "VIP            0     0        0      0         0          4",
        "",
        "4 records read, 4 unchanged.",
        "",
      ].join("\n"),
    );
  });

  it("counts a record once, however many rows it has", async () => {
    const both = { id: "a", email: "a@example.test", work_email: "b@example.test" };
    const world = new MirrorWorld();
    expect(await world.run(csv([both, { id: "b", phone: "+4930" }]))).toMatchObject({
      records: { read: 2, acknowledged: 2 },
      targets: [{ operation: "upsert", requests: 1, items: 3 }],
    });
  });

  it("moves whoever changes the audience, and keeps what others have of an address", async () => {
    const world = await settled([
      ...people(3),
      { id: "twin", email: "p0@example.test", phone: "+491" },
      { id: "x", audience: "Other", email: "x@example.test" },
    ]);
    const [first, second, third] = people(3);
    const result = await world.run(
      csv([
        { ...first, id: "p0" },
        { ...second, id: "p1", audience: "Other" },
        { ...third, id: "p2" },
        { id: "x", audience: "Other", email: "x@example.test" },
      ]),
    );
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 4, acknowledged: 2, unchanged: 2 },
      mirror: {
        audiences: [
          { target: "Other", members: { moved: 1, joined: 0, unchanged: 1 } },
          { target: "VIP", members: { left: 2, repeated: 1, unchanged: 1 } },
        ],
      },
    });
    expect(world.held("Other")).toHaveLength(2);
    expect(world.held()).toHaveLength(2);
    const [removal] = world.sent.filter(({ method }) => method === "DELETE");
    expect(removal && rowsOf(removal).some((row) => row.includes("PHONE"))).toBe(true);
  });

  it("only adds where its file says so", async () => {
    const sync = syncText(["operations: [upsert]"]);
    const world = new MirrorWorld();
    await world.run(csv(people(3)), { sync });
    const result = await world.run(csv(people(1)), { sync });
    expect(result).toMatchObject({
      status: "succeeded",
      records: { unchanged: 1 },
      requests: { planned: 0 },
    });
    expect(runText(result)).toMatch(
      /^custom_audiences: nothing to send: everybody whom the source wants is there\n/,
    );
    expect(world.held()).toHaveLength(3);
  });

  it("plans the very bytes that it sends, and writes nothing", async () => {
    const sync = syncText([], ["targets: { VIP: '77', Other: '88' }", "max_body_bytes: 1500"]);
    const world = new MirrorWorld({ audiences: { VIP: "77", Other: "88" } });
    const day1 = [...people(20), ...people(20, "o", "Other")];
    await world.run(csv(day1), { sync });
    const day2 = csv([...day1.slice(4, -4), ...people(9, "n"), ...people(9, "m", "Other")]);
    const before = structuredClone(world.tables);
    world.takeSent();
    const { result, requests: planned } = await world.plan(day2, { sync });
    expect(world.tables).toEqual(before);
    expect(world.sent).toEqual([]);
    expect(result).toMatchObject({
      status: "succeeded",
      dryRun: true,
      records: { read: 50, planned: 18, unchanged: 32 },
    });
    await world.run(day2, { sync });
    const bytes = ({ method, path, bodyText }: (typeof planned)[number]) =>
      `${method} ${path.split("/")[2] ?? ""} ${bodyText}`;
    expect(planned.length).toBeGreaterThan(4);
    expect(planned.map(bytes).toSorted()).toEqual(
      world.sent.map(({ method, id, body }) => `${method} ${id} ${body}`).toSorted(),
    );
  });

  it("takes turns between audiences", async () => {
    const sync = syncText([], ["max_body_bytes: 1500"]);
    const world = new MirrorWorld();
    const { requests: planned } = await world.plan(
      csv([...people(12), ...people(12, "o", "Other")]),
      { sync },
    );
    const targets = planned.map(({ target }) => target);
    expect(targets.slice(0, 4)).toEqual(["Other", "VIP", "Other", "VIP"]);
  });
});
