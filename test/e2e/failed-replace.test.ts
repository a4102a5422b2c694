/** The sample, replaced day after day: a replace that broke off is begun anew, and Meta has whom SQL says. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../src/delivery/run-result.js";
import { Chance } from "../simulation/time/chance.js";
import { MirrorWorld } from "../sync/mirror/world.js";
import { duckdbStore, expectWhole, heldCells, sorted } from "./three-days/expected.js";
import { Story, type Day } from "./three-days/story.js";

const SYNC = `sync: vip_customers
source: { file: people.csv }
state:
  key: { customer_id: customer_id }
  target: audience
  mode: replace
  identifiers:
    email: { all: [email, work_email] }
    phone: phone
    mobile_advertising_id: advertising_id
destination:
  mapping: custom_audiences.meta
  credential_namespace: destinations.meta
  config: { ad_account_id: act_100000000000001 }
  max_body_bytes: 60000
`;

const NINETY_MINUTES = 5_400_000;

let story: Story;

beforeAll(async () => {
  story = await Story.open();
});

afterAll(async () => {
  await story.close();
});

async function live(world: MirrorWorld, day: Day): Promise<RunResult> {
  world.takeSent();
  return world.run(await story.source(day), { sync: SYNC, retry: { maxAttempts: 1 } });
}

/** Meta has whom SQL says, and there is nothing to do about that. */
async function expectDone(world: MirrorWorld, day: Day): Promise<void> {
  await expectWhole(story, world, day);
  expect((await live(world, day)).requests.planned).toBe(0);
}

describe.each(["cell", "person"] as const)(
  "a sample that is replaced, matched by %s,",
  (matching) => {
    it("is what the source wants each day, whoever was there", async () => {
      const world = new MirrorWorld({ matching });
      await live(world, 1);
      for (const day of [2, 3] as const) {
        expect((await live(world, day)).status).toBe("succeeded");
        expect(new Set(world.sent.map(({ method }) => method))).toEqual(new Set(["REPLACE"]));
        await expectDone(world, day);
      }
    });

    it("is whole again after a process was killed in the middle of a replace", async () => {
      const world = new MirrorWorld({ matching });
      await live(world, 1);
      await new Promise<void>((killed) => {
        world.between = (meta) => async (request) => {
          const answer = await meta(request);
          if (world.sent.length < 5) return answer;
          // Meta has taken it, and nobody lives to hear of that.
          killed();
          return new Promise(() => undefined);
        };
        void live(world, 2);
      });
      world.between = (meta) => meta;
      const early = await live(world, 3);
      expect(early.status).not.toBe("succeeded");
      expect(early.failures.map(({ summary }) => summary)).toContainEqual(
        expect.stringContaining("operation status 414"),
      );
      world.pass(NINETY_MINUTES);
      expect(sorted(heldCells(world))).not.toEqual(sorted(await story.cells(2)));
      expect((await live(world, 3)).status).toBe("succeeded");
      await expectDone(world, 3);
    });

    it.each([1, 2])(
      "is whole again after a third of the requests of its replaces failed (%d)",
      async (seed) => {
        const store = seed === 1 ? { store: await duckdbStore() } : {};
        const world = new MirrorWorld({ matching, ...store });
        const chance = new Chance(seed);
        await live(world, 1);
        world.between = (meta) => async (request) => {
          const fate = request.url.includes("/usersreplace") ? chance.next() : 1;
          if (fate < 1 / 9) throw new TypeError("fetch failed");
          if (fate < 2 / 9) return Response.json(PASSING, { status: 500 });
          const answer = await meta(request);
          if (fate < 3 / 9) throw new TypeError("fetch failed");
          return answer;
        };
        const second = await live(world, 2);
        expect(second.status).not.toBe("succeeded");
        expect(second.mirror?.audiences.map(({ replace }) => replace)).toContain("broken");
        world.between = (meta) => meta;
        world.pass(NINETY_MINUTES);
        expect((await live(world, 3)).status).toBe("succeeded");
        await expectDone(world, 3);
      },
      120_000,
    );
  },
);

const PASSING = { error: { code: 2, message: "try again", type: "OAuthException" } };
