/** What a mirror finds out about its audiences before it sends anything. */
import { describe, expect, it } from "vitest";
import { failing, settled } from "./requests.js";
import { csv, MirrorWorld, people, syncText } from "./world.js";

/** Whatever is asked about single audiences, as path and query below the version. */
function asked(world: MirrorWorld): readonly string[] {
  const urls: string[] = [];
  const { between } = world;
  world.between = (meta) => (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === "GET")
      urls.push(`${pathname.split("/").slice(2).join("/")} ${searchParams.get("fields") ?? ""}`);
    return between(meta)(request);
  };
  return urls;
}

const BOTH = ["Flagged", "VIP"].flatMap((audience) => people(2, audience.slice(0, 1), audience));
const MAPPED = syncText([], ["targets: { Flagged: '55', VIP: '77' }"]);

describe("the audiences of a mirror, before anything is sent,", () => {
  it("are read, one request each, also when there is nothing to send", async () => {
    const world = await settled();
    const urls = asked(world);
    expect((await world.run(csv(people(5)))).requests.attempts).toBe(0);
    expect(urls).toEqual([expect.stringMatching(/^\d+ id,operation_status$/)]);
  });

  it("are not read when they were just created", async () => {
    const world = new MirrorWorld();
    const urls = asked(world);
    await world.run(csv(people(5)));
    expect(urls).toEqual([expect.stringContaining("act_1/customaudiences")]);
  });

  it.each([
    [
      471,
      "Meta's integrity policy flagged the audience, which takes no more people (operation status 471). Make a new audience whose name and description tell nothing about health or money.",
      "blocked",
    ],
    [
      414,
      "A replace of the audience is going on (operation status 414). Wait until that replace has ended, 90 minutes at most, and run again.",
      "retryable",
    ],
  ])(
    "are left alone in operation status %i, and others go on",
    async (status, summary, outcome) => {
      const audiences = { Flagged: "55", VIP: "77" };
      const world = new MirrorWorld({ audiences, statuses: { Flagged: status } });
      expect(await world.run(csv(BOTH), { sync: MAPPED })).toMatchObject({
        status: "partially_succeeded",
        records: { read: 4, acknowledged: 2, notSent: 2 },
        failures: [{ target: "Flagged", summary, evidence: { outcome, httpStatus: 200 } }],
      });
      expect(world.sent.map(({ id }) => id)).toEqual(["77"]);
    },
  );

  it.each([
    [MAPPED, "Correct its id under `targets`."],
    [
      syncText(),
      'If it was deleted, `targets forget "VIP"` lets the next run look the name up or make a new audience.',
    ],
  ])("stop where Meta does not know them any more, with advice", async (sync, advice) => {
    const world = new MirrorWorld({ audiences: { Flagged: "55", VIP: "77" } });
    await world.run(csv(BOTH), { sync });
    world.takeSent();
    world.between = (meta) => (request) =>
      request.url.includes("/77?") ? failing(100, { error_subcode: 33 })() : meta(request);
    const day2 = [...BOTH, ...people(1, "new", "Flagged"), ...people(1, "n", "VIP")];
    expect(await world.run(csv(day2), { sync })).toMatchObject({
      status: "partially_succeeded",
      records: { acknowledged: 1, unchanged: 2, notSent: 3 },
      failures: [
        {
          target: "VIP",
          summary: `the audience "VIP" does not exist any more, or the token may not see it. ${advice}`,
          evidence: { code: 100, subcode: 33 },
        },
      ],
    });
    expect(world.sent.map(({ id }) => id)).toEqual(["55"]);
  });

  it("are left as they are where nobody is wanted in one that is flagged", async () => {
    const world = new MirrorWorld({ audiences: { Flagged: "55", VIP: "77" } });
    await world.run(csv(BOTH), { sync: MAPPED });
    world.takeSent();
    world.between = (meta) => async (request) =>
      request.url.includes("/55?")
        ? Response.json({ id: "55", operation_status: { code: 471 } })
        : meta(request);
    const result = await world.run(csv(people(2, "V")), {
      sync: MAPPED,
      allowedRemovals: { kind: "everywhere" },
    });
    expect(result).toMatchObject({
      status: "failed",
      failures: [{ target: "Flagged", summary: expect.stringContaining("flagged") }],
      mirror: { audiences: [{ target: "VIP" }], unreached: ["Flagged"] },
    });
    expect(world.sent).toEqual([]);
  });

  it("stop the run when the token is refused, before anything is sent", async () => {
    const world = await settled();
    world.between = () => failing(190);
    expect(await world.run(csv(people(6)))).toMatchObject({
      status: "blocked",
      records: { read: 6, notSent: 6 },
    });
    expect(world.sent).toEqual([]);
  });

  it("are asked about again while Meta is not to be reached, and not sent to after that", async () => {
    const world = await settled();
    const urls = asked(world);
    world.between = ((between) => (meta) => (request) => {
      void between(meta)(request);
      return failing(2)();
    })(world.between);
    const result = await world.run(csv(people(6)), { retry: { maxAttempts: 3 } });
    expect(result).toMatchObject({ status: "failed", records: { notSent: 6 } });
    expect(urls).toHaveLength(3);
    expect(world.sent).toEqual([]);
  });

  it("are read by a plan that has a token, and not without one", async () => {
    const world = new MirrorWorld({ audiences: { VIP: "77" }, statuses: { VIP: 471 } });
    const given = csv(people(2));
    const sync = syncText([], ["targets: { VIP: '77' }"]);
    expect((await world.plan(given, { sync })).result).toMatchObject({
      records: { notSent: 2 },
      failures: [{ target: "VIP" }],
    });
    const urls = asked(world);
    const { result } = await world.plan(given, { sync, hasToken: false });
    expect(result).toMatchObject({ records: { planned: 2 }, failures: [] });
    expect(urls).toEqual([]);
  });
});
