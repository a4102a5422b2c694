import { describe, expect, it } from "vitest";
import type { EventStanding } from "../../src/store/event-states.js";
import type { Rendering, TooLate } from "../../src/surfaces/entry.js";
import { admittedOf, entry, optionsWith, RUN } from "./admitted.js";
import { event, HOUR, NOW } from "./entries.js";

describe("an event that is too late to be sent", () => {
  const DELIVERED: EventStanding = { kind: "delivered", same: true };
  const OPEN: EventStanding = {
    kind: "unanswered",
    firstSentAt: NOW - HOUR,
    repeatSafeUntil: NOW + HOUR,
  };
  const eightDaysOld = event("a", { event_time: (NOW - 8 * 24 * HOUR) / 1000 });
  const late = (otherwise: TooLate["otherwise"]): Rendering => ({
    kind: "too_late",
    entry: eightDaysOld,
    otherwise,
  });
  const history = late({ kind: "history", identity: "a" });
  const rejected = late({
    kind: "rejection",
    rejection: { identity: "a", code: "too_old", field: "event_time", message: "It is too old." },
  });

  it.each<[EventStanding, string, string]>([
    [{ kind: "new" }, "a rejected: too_old", "a history"],
    [DELIVERED, "a left out: delivered", "a left out: delivered"],
    [
      { kind: "delivered_elsewhere", pixelId: "1" },
      "a left out: delivered",
      "a left out: delivered",
    ],
    [
      { kind: "unanswered_elsewhere", pixelId: "1", repeatSafeUntil: NOW + HOUR },
      "a left out: in_doubt",
      "a left out: in_doubt",
    ],
    [{ kind: "repeated", same: true }, "a left out: repeated", "a left out: repeated"],
    [
      { kind: "rejected", origin: "meta" },
      "a rejected: refused, as before",
      "a rejected: refused, as before",
    ],
    [OPEN, "a left out: in_doubt", "a left out: in_doubt"],
  ])("and stands as %o: %s, or %s", async (standing, ifRejected, ifHistory) => {
    const options = optionsWith(standing);
    expect(await admittedOf(options, rejected)).toEqual([ifRejected]);
    expect(await admittedOf(options, history)).toEqual([ifHistory]);
  });

  it("is in doubt from when it could be sent last, and is not resent then in any case", async () => {
    const grewOld = NOW - 24 * HOUR - 600_000;
    const started = (previousStart: number) => ({ run: { ...RUN, previousStart } });
    const just = optionsWith(OPEN, { onDoubt: "resend", ...started(grewOld) });
    const before = optionsWith(OPEN, { onDoubt: "resend", ...started(grewOld + 1) });
    expect(await admittedOf(just, rejected)).toEqual(["a left out: newly_in_doubt"]);
    expect(await admittedOf(before, rejected)).toEqual(["a left out: in_doubt"]);
  });

  it("is not sent when all is to be sent again", async () => {
    const options = optionsWith(DELIVERED, { resend: true });
    expect(await admittedOf(options, rejected, history)).toEqual([
      "a rejected: too_old",
      "a history",
    ]);
  });
});

describe("an event that another pixel has", () => {
  const standing: EventStanding = { kind: "delivered_elsewhere", pixelId: "123" };

  it("is told with both pixels, and not sent", async () => {
    expect(await admittedOf(optionsWith(standing), entry(event("a")))).toEqual([
      "a rerouted from 123 to 456",
    ]);
  });

  it.each(["hold", "resend"] as const)(
    "or may have is told in the same way, with on_doubt: %s, however long ago it was sent",
    async (onDoubt) => {
      for (const repeatSafeUntil of [NOW - HOUR, NOW + HOUR]) {
        const open = { kind: "unanswered_elsewhere", pixelId: "123", repeatSafeUntil } as const;
        expect(await admittedOf(optionsWith(open, { onDoubt }), entry(event("a")))).toEqual([
          "a rerouted from 123 to 456, unanswered",
        ]);
        const replay = optionsWith(open, { onDoubt, replay: true });
        expect(await admittedOf(replay, entry(event("a")))).toEqual(["a sent"]);
      }
    },
  );

  it.each([{ replay: true }, { resend: true }])("is sent where %o says so", async (wish) => {
    expect(await admittedOf(optionsWith(standing, wish), entry(event("a")))).toEqual(["a sent"]);
  });
});
