import { describe, expect, it } from "vitest";
import { leverRefusal, leverText } from "../../src/report/lever-text.js";
import type { LoggedBatch } from "../../src/store/ledger.js";
import { loggedBatch } from "./logged.js";

const PEOPLE = {
  surface: "custom_audiences",
  operation: "upsert",
  target: "VIP",
  openEvents: 0,
} as const;

function said(
  lever: "retry" | "skip",
  differs: Partial<LoggedBatch>,
  events: number,
  rejects: number,
): string {
  return leverText(lever, loggedBatch(differs), { kind: "done", events, rejects });
}

describe("ledger retry", () => {
  it("says how many events go again, and what that may cost", () => {
    expect(said("retry", {}, 40, 0)).toBe(
      "12-3: 40 events will be sent again by the next run; Meta may count them twice if it had them.",
    );
    expect(said("retry", {}, 1, 0)).toBe(
      "12-3: 1 event will be sent again by the next run; Meta may count it twice if it had it.",
    );
  });

  it("says how many records that Meta refused go again", () => {
    expect(said("retry", { state: "rejected" }, 0, 1_200)).toBe(
      "12-3: 1,200 refused records will be sent again by the next run.",
    );
    expect(said("retry", { state: "split" }, 40, 1)).toBe(
      "12-3: 40 events and 1 refused record will be sent again by the next run; Meta may count the events twice if it had them.",
    );
  });

  it("counts an event that was given up once", () => {
    expect(said("retry", { state: "skipped" }, 40, 40)).toBe(
      "12-3: 40 events will be sent again by the next run; Meta may count them twice if it had them.",
    );
  });

  it("says that nothing follows where nothing is open", () => {
    expect(said("retry", {}, 0, 0)).toBe("12-3: nothing of it is open, so nothing is sent again.");
    expect(said("retry", { ...PEOPLE, state: "partially_succeeded" }, 0, 0)).toBe(
      "12-3: nothing of it is open, so nothing is sent again.",
    );
  });

  it.each(["unknown", "failed", "split", "skipped", "sending"] as const)(
    "leaves a request of people that is %s to the next run",
    (state) => {
      expect(said("retry", { ...PEOPLE, state }, 0, 0)).toBe(
        "12-3: open; the next run sends it again, unless Meta has acknowledged its records since.",
      );
    },
  );
});

describe("ledger skip", () => {
  it("says how many events are left out, and how to take that back", () => {
    expect(said("skip", {}, 40, 40)).toBe(
      "12-3: given up: 40 events are left out from now on; `ledger retry 12-3` takes that back.",
    );
    expect(said("skip", {}, 1, 1)).toBe(
      "12-3: given up: 1 event is left out from now on; `ledger retry 12-3` takes that back.",
    );
  });

  it("says that none was open, or that it was given up before", () => {
    expect(said("skip", {}, 0, 0)).toBe("12-3: given up; none of its events was open.");
    expect(said("skip", { state: "skipped" }, 0, 0)).toBe("12-3: it was given up before.");
  });

  it("says of people that the next run goes on", () => {
    expect(said("skip", PEOPLE, 0, 0)).toBe(
      "12-3: given up: it is left out from now on, as long as it is the same request at the same place, and nothing of it counts as confirmed; `ledger retry 12-3` takes that back.",
    );
  });
});

describe("a word on a request", () => {
  const batch = { batchId: "12-3", surface: "custom_audiences" } as const;

  it("is refused for one that was never sent", () => {
    expect(leverRefusal(batch, "never_sent")).toEqual({
      message: "there is nothing to decide about `12-3`: it was never sent",
      remedy: "The next run plans its records anew.",
    });
  });

  it("is refused for one that Meta has acknowledged", () => {
    const message = "there is nothing to decide about `12-3`: Meta has acknowledged all of it";
    expect(leverRefusal(batch, "acknowledged")).toEqual({
      message,
      remedy:
        "`sync --records … --resend` sends everything again, `targets distrust` that of one audience.",
    });
    expect(leverRefusal({ ...batch, surface: "events" }, "acknowledged")).toEqual({
      message,
      remedy: "`sync --records … --resend` sends everything again.",
    });
  });

  it("is refused for one of which Meta has taken or refused everything", () => {
    expect(leverRefusal(batch, "nothing_open")).toEqual({
      message: "there is nothing to give up of `12-3`: Meta has taken or refused everything",
      remedy: "Refused records are left out until they change; `rejects list` shows them.",
    });
  });

  it("is refused for one of people of which Meta has some", () => {
    expect(leverRefusal(batch, "in_part")).toEqual({
      message: "`12-3` cannot be given up: Meta has acknowledged or refused some of it",
      remedy:
        "The next run sends what is not refused again, which changes nothing for people who are there. To leave the others out, take them out of the records.",
    });
  });

  it("is refused for a part of one of people", () => {
    expect(leverRefusal({ ...batch, batchId: "12-3/2" }, "is_part")).toEqual({
      message: "`12-3/2` is a part, and the next run plans the whole request",
      remedy: "Give up `12-3`, if Meta has nothing of it yet.",
    });
  });

  it("is refused for one of a mirror", () => {
    expect(leverRefusal(batch, "mirrored")).toEqual({
      message:
        "there is nothing to decide about `12-3`: each run of its sync compares what is wanted with what Meta may have, and sends what is left",
      remedy:
        "Run the sync again. Records that Meta refused are left out until they change, or until `rejects retry` lets them be sent again.",
    });
  });

  it("is refused for one of a run under way", () => {
    expect(leverRefusal(batch, "under_way")).toEqual({
      message: "`12-3` is of a run that has not ended",
      remedy:
        "Decide about it when that run has ended; if its process is gone, the next run puts it in order.",
    });
  });
});
