/** A replace of which Meta refuses a request for what is in it. */
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { failing, requests, settled } from "./requests.js";
import { csv, people, syncText } from "./world.js";

const SYNC = { sync: syncText(["mode: replace"]) };

/** Requests hold a few rows only. */
const SMALL = { sync: syncText(["mode: replace"], ["max_body_bytes: 1300"]) };

const NINETY_MINUTES = 5_400_000;

/** Twelve people, sent; then others, of whom some stay. */
const FIRST = people(12);
const SECOND = [...people(12).slice(1), ...people(3, "new")];

it.each([
  ["at once", SYNC, 0],
  ["after a session that had begun has ended", SMALL, NINETY_MINUTES],
])(
  "gives way to a difference where Meta refuses a record in it, which is found by that: %s",
  async (_, words, pause) => {
    const world = await settled(FIRST);
    const bad = createHash("sha256").update("new1@example.test").digest("hex");
    world.between = (meta) => async (request) => {
      const body = request.method === "POST" ? await request.clone().text() : "";
      return body.includes(bad) ? failing(100)() : meta(request);
    };
    const broken = await world.run(csv(SECOND), words);
    expect(broken).toMatchObject({ status: "failed", records: { acknowledged: 0 } });
    world.pass(pause);
    world.takeSent();
    const { requests: planned } = await world.plan(csv(SECOND), words);
    expect(planned[0]?.operation).toBe("remove");
    expect(await world.run(csv(SECOND), words)).toMatchObject({
      records: { acknowledged: 13, rejected: 1 },
      mirror: { openRemovals: 0 },
    });
    expect(requests(world).some((request) => request.startsWith("REPLACE"))).toBe(false);
    expect(world.held()).toHaveLength(13);
    world.takeSent();
    const third = [...SECOND, { id: "z", email: "z@example.test" }];
    expect((await world.run(csv(third), words)).mirror?.audiences).toMatchObject([
      { replace: "done" },
    ]);
    expect(world.held()).toHaveLength(14);
  },
);
