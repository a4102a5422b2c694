/** Events whose pixel changes after they were delivered. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Days } from "./event-days.js";

let days: Days;

beforeEach(async () => {
  days = await Days.begin();
  days.add({ id: "a", day: -1 }, { id: "b", day: -1 }, { id: "c", day: -1, name: "Contact" });
  await days.sync(0);
});

afterEach(async () => {
  await days.end();
});

describe("events that are routed to another pixel than the one that has them", () => {
  beforeEach(() => {
    days.settings = { ...days.settings, pixel: "789" };
    days.add({ id: "new", day: 0.5 });
  });

  it("stop the run, which tells how many there are, and by which routes", async () => {
    expect(await days.on(1, "sync", "orders.yaml")).toEqual({
      code: 1,
      stdout: `events: delivery FAILED; Meta acknowledged 0 of 1 request

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS  ACKNOWLEDGED
789     mapped  import            1        1       1             0

4 records read, 4 not sent.

What went wrong:
  789: 2 events \`Lead\` were delivered to 456 before, and not sent here.
  789: 1 event \`Contact\` was delivered to 456 before, and not sent here.
  The run stopped: events that one pixel has, or may have, would go to another one now. Put the route back, or send them there as well with \`sync --replay\`.
`,
      stderr: "",
    });
    expect(days.received("789")).toBe(0);
  });

  it("are told by a plan in the same words", async () => {
    const { code, stdout } = await days.on(1, "plan", "orders.yaml");
    expect([code, stdout]).toEqual([
      1,
      `events: plan of 1 request; nothing was sent

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS
789     mapped  import            1        1       1

4 records read, 4 not sent.

What went wrong:
  789: 2 events \`Lead\` were delivered to 456 before, and not sent here.
  789: 1 event \`Contact\` was delivered to 456 before, and not sent here.
  The run stopped: events that one pixel has, or may have, would go to another one now. Put the route back, or send them there as well with \`sync --replay\`.

Match quality of 4 records, 4 of them to send:

FIELD         RECORDS  VALUES  USABLE  HASHED BEFORE  DROPPED  SUSPICIOUS
user_data.em        4       4       4              0        0           4

IDENTIFIERS TOGETHER  RECORDS    SHARE
1 identifier                4  100.0 %
em                          4  100.0 %

LOOK AT       VALUES  WHAT TO DO
user_data.em       4  At domains for tests and examples (\`example.com\`, \`.test\`), which nobody has. Leave these records out.
all records        4  Records with one identifier only. Meta finds more people by several: add a phone number, a name with city or postcode, or your own id.
`,
    ]);
  });

  it("are sent to it with --replay, and are delivered to both from then on", async () => {
    const plan = await days.on(1, "plan", "orders.yaml", "--replay");
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining("4 planned.")]);
    expect(await days.sync(1, "--replay")).toEqual([0, { read: 4, acknowledged: 4 }]);
    expect(days.counted("789")).toEqual(["a", "b", "c", "new"]);
    expect(await days.sync(2)).toEqual([0, { read: 4, delivered: 4 }]);
    days.settings = { ...days.settings, pixel: "456" };
    days.replace("new");
    expect(await days.sync(3)).toEqual([0, { read: 3, delivered: 3 }]);
    expect(days.received()).toBe(3);
  });

  it("stay where they are once the route is put right, and nothing is lost by it", async () => {
    expect(await days.sync(1)).toEqual([1, { read: 4, not_sent: 4 }]);
    days.settings = { ...days.settings, pixel: "456" };
    expect(await days.sync(2)).toEqual([0, { read: 4, acknowledged: 1, delivered: 3 }]);
    expect(days.received("789")).toBe(0);
  });

  it("stop nothing any more once Meta would not take them", async () => {
    expect(await days.sync(6.5)).toEqual([0, { read: 4, acknowledged: 1, delivered: 3 }]);
    expect(days.counted("789")).toEqual(["new"]);
  });
});

describe("events that were never answered, and go to another pixel then", () => {
  beforeEach(async () => {
    days.add({ id: "open", day: 0.1 });
    days.losesAnswers = true;
    expect(await days.sync(0.2)).toEqual([1, { read: 4, delivered: 3, unknown: 1 }]);
    days.losesAnswers = false;
    days.replace("a");
    days.replace("b");
    days.replace("c");
    days.settings = { ...days.settings, pixel: "789" };
  });

  it("stop the run, since the first pixel may have counted them, and another one does not drop repeats", async () => {
    const { code, stdout } = await days.on(0.3, "sync", "orders.yaml");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "  789: 1 event `Lead` was sent to 456 before without an answer, and not sent here.\n",
    );
    expect(days.received("789")).toBe(0);
    const plan = await days.on(0.3, "plan", "orders.yaml");
    expect(plan.stdout).toContain("sent to 456 before without an answer, and not sent here.\n");
  });

  it("are sent with --replay only", async () => {
    expect(await days.sync(0.3, "--replay")).toEqual([0, { read: 1, acknowledged: 1 }]);
    expect(days.counted("789")).toEqual(["open"]);
    expect(await days.sync(0.4)).toEqual([0, { read: 1, delivered: 1 }]);
  });

  it("are sent again once the route is put right", async () => {
    days.settings = { ...days.settings, pixel: "456" };
    expect(await days.sync(0.3)).toEqual([0, { read: 1, acknowledged: 1 }]);
    expect(days.counted("456")).toEqual(["a", "b", "c", "open"]);
  });

  it("stay in doubt once they are too old for any pixel", async () => {
    expect(await days.sync(8)).toEqual([1, { read: 1, in_doubt: 1 }]);
    expect(await days.sync(8.1)).toEqual([0, { read: 1, in_doubt: 1 }]);
  });
});

it("names only the routes that changed", async () => {
  days.settings = { ...days.settings, routes: { Contact: "789" } };
  const { code, stdout } = await days.on(1, "sync", "orders.yaml");
  expect(code).toBe(1);
  expect(stdout).toContain("3 records read, 2 delivered before, 1 not sent.");
  expect(stdout).toContain("789: 1 event `Contact` was delivered to 456 before");
  expect(stdout).not.toContain("Lead");
});
