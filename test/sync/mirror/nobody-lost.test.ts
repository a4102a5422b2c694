/** Where a mirror shares an audience with others, or with what Meta refused it before. */
import { expect, it } from "vitest";
import { exitCodeOf } from "../../../src/cli/exit-codes.js";
import { NO_REJECTIONS } from "../../../src/cli/options.js";
import { sha256 } from "../../../src/core/digest.js";
import { runText } from "../../../src/report/run-text.js";
import { failing, ONCE, requests, settled } from "./requests.js";
import { csv, MirrorWorld, people, syncText } from "./world.js";

/** Meta refuses whatever has some address, of one method. */
function refusing(world: MirrorWorld, email: string, method: "POST" | "DELETE"): void {
  const digest = sha256(email);
  world.between = (meta) => async (request) => {
    const body = request.url.includes("/users") ? await request.clone().text() : "";
    return request.method === method && body.includes(digest)
      ? failing(100, { error_subcode: 2_804_003, error_data: {} })()
      : meta(request);
  };
}

it("refuses records that are sent one after the other in an audience that a mirror keeps", async () => {
  const world = await settled(people(5));
  const listed = syncText(["operation_column: op"]).replace("sync: people", "sync: listed");
  const removal = "id,audience,email,work_email,phone,op\np0,VIP,p0@example.test,,,remove\n";
  const result = await world.run(removal, { sync: listed });
  expect(result).toMatchObject({
    status: "failed",
    failures: [{ target: "VIP", summary: expect.stringContaining("is kept by the sync `people`") }],
  });
  expect(world.held()).toHaveLength(5);
});

it("adds somebody again whom the same sync removed since, while it was a mirror", async () => {
  const world = new MirrorWorld();
  const listed = syncText(["operation_column: op"]);
  const adding = "id,audience,email,work_email,phone,op\np0,VIP,p0@example.test,,,upsert\n";
  await world.run(adding, { sync: listed });
  await world.run(csv(people(1)));
  await world.run(csv(people(1, "q", "Other")), { allowedRemovals: { kind: "everywhere" } });
  expect(world.held()).toEqual([]);
  await world.run(adding, { sync: listed });
  expect(world.held()).toHaveLength(1);
});

it("changes nothing in an audience that goes by two names", async () => {
  const sync = syncText([], ["targets: { VIP: '77', Vips: '77' }"]);
  const world = new MirrorWorld({ audiences: { VIP: "77" } });
  await world.run(csv(people(10)), { sync });
  world.takeSent();
  const divided = people(10).map((one, index) => (index < 3 ? { ...one, audience: "Vips" } : one));
  expect(await world.run(csv(divided), { sync })).toMatchObject({ status: "failed" });
  expect(requests(world)).toEqual([]);
  expect(world.held()).toHaveLength(10);
});

it("removes nobody from an audience that may go by a name which leads nowhere", async () => {
  const sync = syncText(["removal_guard: off"]);
  const world = new MirrorWorld({ audiences: {} });
  await world.run(csv(people(5)), { sync });
  world.between = (meta) => (request) =>
    request.url.includes("customaudiences") ? failing(1, {})() : meta(request);
  const renamed = people(5).map((one) => ({ ...one, audience: "VIP customers" }));
  await world.run(csv(renamed), { sync, ...ONCE });
  expect(world.held()).toHaveLength(5);
});

it("removes somebody whose removal was refused once, after they were there again", async () => {
  const world = await settled(people(5));
  const others = people(5).slice(1);
  refusing(world, "p0@example.test", "DELETE");
  expect(await exitCodeOf(await world.run(csv(others)), NO_REJECTIONS)).toBe(1);
  const standing = await world.run(csv(others));
  expect(await exitCodeOf(standing, NO_REJECTIONS)).toBe(0);
  expect(runText(standing)).toContain("nothing to send: Meta refused 1 change before;");
  const still =
    "1 row of people who left stays in VIP: Meta refused to remove it before. `rejects list` says why";
  expect(runText(standing)).toContain(still);
  const elsewhere = await world.run(csv([...others, ...people(1, "new")]));
  expect(elsewhere.status).toBe("succeeded");
  expect(runText(elsewhere)).toContain(still);
  refusing(world, "nobody@example.test", "DELETE");
  await world.run(csv(people(5)));
  await world.run(csv(others));
  expect(world.held()).toHaveLength(4);
});

it("is no success while a row of somebody who is rejected already was not answered", async () => {
  const world = new MirrorWorld();
  refusing(world, "bad@example.test", "POST");
  const bad = { id: "a", email: "bad@example.test" };
  await world.run(csv([...people(3), bad]));
  const second = sha256("second@example.test");
  const before = world.between;
  world.between = (meta) => async (request) => {
    const body = request.url.includes("/users") ? await request.clone().text() : "";
    if (body.includes(second)) throw new TypeError("fetch failed");
    return before(meta)(request);
  };
  const result = await world.run(
    csv([...people(3), { ...bad, work_email: "second@example.test" }]),
    ONCE,
  );
  expect(await exitCodeOf(result, NO_REJECTIONS)).toBe(1);
});
