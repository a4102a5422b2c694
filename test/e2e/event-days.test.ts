/** What becomes of events over days: each that can be is delivered once, and none is sent that cannot. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Days } from "./event-days.js";

const HOUR = 1 / 24;
let days: Days;

beforeEach(async () => {
  days = await Days.begin();
});

afterEach(async () => {
  await days.end();
});

describe("the first run over a table of years", () => {
  it("sends what Meta still takes, and counts the rest as history, whatever is wrong with it", async () => {
    days.add(
      { id: "years-ago", day: -800 },
      { id: "long-ago-and-nobody", day: -30, email: "" },
      { id: "by-a-moment", day: -7 },
      { id: "within-the-week", day: -6.9 },
      { id: "now", day: -HOUR },
    );
    expect(await days.on(0, "sync", "orders.yaml")).toEqual({
      code: 0,
      stdout: `events: delivery succeeded; Meta acknowledged 1 of 1 request

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS  ACKNOWLEDGED
456     mapped  import            1        2       2             2

5 records read, 2 acknowledged, 3 history.

Noted:
  3 events are history: too old when this sync first ran, or as old as what the store has forgotten.
`,
      stderr: "",
    });
    expect(days.counted()).toEqual(["within-the-week", "now"]);
    expect(await days.sync(1)).toEqual([0, { read: 5, delivered: 2, history: 3 }]);
  });

  it("is told by a plan before it", async () => {
    days.add({ id: "years-ago", day: -800 }, { id: "now", day: -HOUR });
    const { code, stdout } = await days.on(0, "plan", "orders.yaml");
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 planned, 1 history.")]);
  });
});

describe("rows that come late and out of order", () => {
  it("are each delivered once, and what is delivered is never too old", async () => {
    days.add({ id: "a", day: -1 });
    expect(await days.sync(0)).toEqual([0, { read: 1, acknowledged: 1 }]);
    days.add({ id: "c", day: 0.5 }, { id: "late-b", day: -3 });
    expect(await days.sync(1)).toEqual([0, { read: 3, acknowledged: 2, delivered: 1 }]);
    days.add({ id: "later-still", day: -4 }, { id: "d", day: 1.5 });
    expect(await days.sync(2)).toEqual([0, { read: 5, acknowledged: 2, delivered: 3 }]);
    expect(await days.sync(8)).toEqual([0, { read: 5, delivered: 5 }]);
    expect(days.counted()).toEqual(["a", "c", "late-b", "later-still", "d"]);
    expect(days.received()).toBe(5);
  });

  it("are rejected once if they are too old by then, and hold up nothing else", async () => {
    days.add({ id: "a", day: -1 });
    await days.sync(0);
    days.add({ id: "too-late", day: -5 }, { id: "b", day: 3.5 });
    expect(await days.sync(4)).toEqual([
      1,
      { read: 3, acknowledged: 1, delivered: 1, rejected: 1 },
    ]);
    expect((await days.on(4, "rejects", "list")).stdout).toContain("too_old");
    expect(await days.sync(5)).toEqual([0, { read: 3, delivered: 2, rejected: 1 }]);
    expect(days.counted()).toEqual(["a", "b"]);
  });

  it("take nothing from a later row of the same id that Meta still takes, before or behind them", async () => {
    await days.sync(0);
    days.add({ id: "x", day: 0.5 }, { id: "x", day: 7.5 }, { id: "y", day: 7.5 });
    days.add({ id: "y", day: 0.5 }, { id: "y", day: 0.5 });
    expect(await days.sync(8)).toEqual([1, { read: 5, acknowledged: 2, rejected: 3 }]);
    expect(days.counted()).toEqual(["x", "y"]);
    expect(await days.sync(8.1)).toEqual([0, { read: 5, delivered: 5 }]);
  });

  it("are history if they happened before the sync began, however late they come", async () => {
    days.add({ id: "a", day: -1 });
    await days.sync(0);
    days.add({ id: "found-again", day: -20 });
    expect(await days.sync(4)).toEqual([0, { read: 2, delivered: 1, history: 1 }]);
  });
});

describe("one row that Meta refuses", () => {
  it("fails none of the others of its request", async () => {
    days.refuses = ["poison"];
    days.add({ id: "a", day: -1 }, { id: "poison", day: -1 }, { id: "b", day: -1 });
    expect(await days.sync(0)).toEqual([1, { read: 3, acknowledged: 2, rejected: 1 }]);
    expect([...days.counted()].sort()).toEqual(["a", "b"]);
    days.add({ id: "c", day: 0 });
    expect(await days.sync(1)).toEqual([
      0,
      { read: 4, acknowledged: 1, delivered: 2, rejected: 1 },
    ]);
    expect(await days.sync(9)).toEqual([0, { read: 4, delivered: 3, rejected: 1 }]);
  });
});

describe("an answer that was lost", () => {
  beforeEach(async () => {
    days.add({ id: "a", day: -1 });
    days.losesAnswers = true;
    expect(await days.sync(0)).toEqual([1, { read: 1, unknown: 1 }]);
    days.losesAnswers = false;
    expect(days.counted()).toEqual(["a"]);
  });

  it("is asked for again while Meta drops repeats, so that the event counts once", async () => {
    const before = days.received();
    expect(await days.sync(1)).toEqual([0, { read: 1, acknowledged: 1 }]);
    expect(days.received()).toBe(before + 1);
    expect(days.counted()).toEqual(["a"]);
  });

  it("is held in doubt after that, and is neither resent nor too old, however many days go by", async () => {
    const before = days.received();
    days.add({ id: "b", day: 2.5 });
    expect(await days.sync(3)).toEqual([1, { read: 2, acknowledged: 1, in_doubt: 1 }]);
    expect(await days.sync(4)).toEqual([0, { read: 2, delivered: 1, in_doubt: 1 }]);
    expect(await days.sync(40)).toEqual([0, { read: 2, delivered: 1, in_doubt: 1 }]);
    expect(await days.sync(41)).toEqual([0, { read: 2, history: 1, in_doubt: 1 }]);
    expect(days.received()).toBe(before + 1);
    expect(days.counted()).toEqual(["a", "b"]);
    expect((await days.on(41, "status")).stdout).toContain("1 event is in doubt");
  });
});

describe("what was delivered long ago", () => {
  it("is forgotten two days after Meta would have taken it, and stays history", async () => {
    days.add({ id: "a", day: -HOUR });
    await days.sync(0);
    expect(await days.sync(8)).toEqual([0, { read: 1, delivered: 1 }]);
    expect(await days.sync(9.1)).toEqual([0, { read: 1, delivered: 1 }]);
    expect(await days.sync(10)).toEqual([0, { read: 1, history: 1 }]);
    expect(days.received()).toBe(1);
  });

  it("is not sent again when Meta takes older events than it did", async () => {
    days.add({ id: "a", day: -HOUR }, { id: "b", day: 5 });
    await days.sync(0);
    await days.sync(6);
    await days.sync(10);
    days.settings = { ...days.settings, actionSource: "physical_store" };
    days.add({ id: "never-sent-but-behind", day: -1 }, { id: "c", day: 2 });
    expect(await days.sync(11)).toEqual([
      0,
      { read: 4, acknowledged: 1, delivered: 1, history: 2 },
    ]);
    expect(days.counted()).toEqual(["a", "b", "c"]);
  });
});
