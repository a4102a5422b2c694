import { expect, it } from "vitest";
import { requests } from "./requests.js";
import { csv, MirrorWorld, syncText } from "./world.js";

it("sends a record whose rows fit into a body one by one, though not together", async () => {
  const sync = syncText([], ["max_body_bytes: 500"]);
  const world = new MirrorWorld();
  const ann = { id: "ann", email: "ann@example.test", work_email: "ann@work.example.test" };
  expect((await world.run(csv([ann]), { sync })).records).toMatchObject({
    acknowledged: 1,
    rejected: 0,
  });
  expect(requests(world)).toEqual(["POST VIP: 1", "POST VIP: 1"]);
  expect(world.held()).toHaveLength(2);
});
