/** Three days of the sample: day after day the difference is sent, and Meta has whom SQL says. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../src/delivery/run-result.js";
import { Chance } from "../simulation/time/chance.js";
import { MirrorWorld, rowsOf, type RunWords } from "../sync/mirror/world.js";
import { duckdbStore, expectWhole, heldCells, sorted } from "./three-days/expected.js";
import { Story, type Day } from "./three-days/story.js";

const SYNC = `sync: vip_customers
source: { file: people.csv }
state:
  key: { customer_id: customer_id }
  target: audience
  identifiers:
    email: { all: [email, work_email] }
    phone: phone
    mobile_advertising_id: advertising_id
destination:
  mapping: custom_audiences.meta
  credential_namespace: destinations.meta
  config: { ad_account_id: act_100000000000001 }
`;

/** The same in some hundred requests. */
const IN_PIECES = `${SYNC}  max_body_bytes: 10000\n`;

let story: Story;

beforeAll(async () => {
  story = await Story.open();
});

afterAll(async () => {
  await story.close();
});

async function live(world: MirrorWorld, day: Day, words: RunWords = {}): Promise<RunResult> {
  world.takeSent();
  return world.run(await story.source(day), { sync: SYNC, ...words });
}

/** Each row that was sent: method, audience, cells. */
function sentRows(world: MirrorWorld): readonly string[] {
  const names = new Map(world.emulator.state().audiences.map(({ id, name }) => [id, name]));
  return world.sent
    .flatMap((one) =>
      rowsOf(one).map((cells) => {
        const parsed: unknown = JSON.parse(cells);
        return [one.method, names.get(one.id), Array.isArray(parsed) ? parsed.toSorted() : []];
      }),
    )
    .map((row) => JSON.stringify(row))
    .sort();
}

function memberRows({ mirror }: RunResult): readonly unknown[] {
  return (mirror?.audiences ?? []).map(({ target, members }) => {
    const { joined, left, changed, moved, repeated, unchanged } = members;
    return [target, joined, left, changed, moved, repeated, unchanged];
  });
}

describe.each(["cell", "person"] as const)("three days, matched by %s", (matching) => {
  it.each(["memory", "duckdb"] as const)(
    "send exactly the difference, kept in %s",
    async (kind) => {
      const store = kind === "duckdb" ? await duckdbStore() : undefined;
      const world = new MirrorWorld({ matching, ...(store === undefined ? {} : { store }) });
      const [read, well] = await story.records(1);
      expect(await live(world, 1)).toMatchObject({
        status: "succeeded",
        records: { read, acknowledged: well },
      });
      await expectWhole(story, world, 1);

      const second = await live(world, 2);
      const expected = await story.difference(1, 2);
      expect(second.status).toBe("succeeded");
      expect(memberRows(second)).toEqual(expected.members);
      expect(sentRows(world)).toEqual(sorted(expected.rows));
      await expectWhole(story, world, 2);

      expect(await live(world, 2)).toMatchObject({
        status: "succeeded",
        records: { acknowledged: 0 },
        requests: { planned: 0 },
      });
      expect(world.sent).toEqual([]);
    },
  );

  it("are completed by the third when the second is cut half-way", async () => {
    const world = new MirrorWorld({ matching });
    await live(world, 1, { sync: IN_PIECES });
    const interrupt = new AbortController();
    world.between = (meta) => (request) => {
      if (world.sent.length > 4) interrupt.abort();
      return meta(request);
    };
    const cut = await live(world, 2, { sync: IN_PIECES, interrupted: interrupt.signal });
    expect(cut.status).toBe("interrupted");
    expect(sorted(heldCells(world))).not.toEqual(sorted(await story.cells(2)));
    world.between = (meta) => meta;
    expect((await live(world, 3, { sync: IN_PIECES })).status).toBe("succeeded");
    await expectWhole(story, world, 3);
    expect((await live(world, 3)).requests.planned).toBe(0);
  });

  it("are completed by the third when the second's process is killed half-way", async () => {
    const world = new MirrorWorld({ matching });
    await live(world, 1, { sync: IN_PIECES });
    let answered = 0;
    await new Promise<void>((killed) => {
      world.between = (meta) => async (request) => {
        const answer = await meta(request);
        answered += 1;
        if (answered < 6) return answer;
        // Meta has carried it out, and nobody lives to hear of that.
        killed();
        return new Promise(() => undefined);
      };
      void live(world, 2, { sync: IN_PIECES });
    });
    world.between = (meta) => meta;
    expect((await live(world, 3, { sync: IN_PIECES })).status).toBe("succeeded");
    await expectWhole(story, world, 3);
    expect((await live(world, 3)).requests.planned).toBe(0);
  });

  it.each([1, 2, 3])(
    "are completed by the third when a third of the second's requests fail (%d)",
    async (seed) => {
      const world = new MirrorWorld({ matching });
      const chance = new Chance(seed);
      await live(world, 1, { sync: IN_PIECES });
      world.between = (meta) => async (request) => {
        const fate = request.url.includes("/users") ? chance.next() : 1;
        if (fate < 1 / 9) throw new TypeError("fetch failed");
        if (fate < 2 / 9) return Response.json(PASSING, { status: 500 });
        const answer = await meta(request);
        if (fate < 3 / 9) throw new TypeError("fetch failed");
        return answer;
      };
      const second = await live(world, 2, { sync: IN_PIECES, retry: { maxAttempts: 1 } });
      expect(second.status).toBe("partially_succeeded");
      world.between = (meta) => meta;
      expect((await live(world, 3, { sync: IN_PIECES })).status).toBe("succeeded");
      await expectWhole(story, world, 3);
      expect((await live(world, 3)).requests.planned).toBe(0);
    },
  );
});

const PASSING = { error: { code: 2, message: "try again", type: "OAuthException" } };
