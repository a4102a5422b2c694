import { describe, expect, it } from "vitest";
import {
  dryAdmission,
  liveAdmission,
  type AdmissionOptions,
} from "../../src/delivery/admission.js";
import type { EventStanding } from "../../src/store/event-states.js";
import type { Entry, Rendering } from "../../src/surfaces/entry.js";
import { admittedOf, entry, optionsWith, rejection, RUN, short } from "./admitted.js";
import { event, HOUR, NOW, person } from "./entries.js";

describe("an event", () => {
  const unanswered = (sinceMs: number, windowMs: number): EventStanding => ({
    kind: "unanswered",
    firstSentAt: NOW - sinceMs,
    repeatSafeUntil: NOW - sinceMs + windowMs,
  });

  it.each<[EventStanding, string]>([
    [{ kind: "new" }, "a sent"],
    [{ kind: "repeated", same: true }, "a left out: repeated"],
    [{ kind: "repeated", same: false }, "a rejected: repeated_identity"],
    [{ kind: "delivered", same: true }, "a left out: delivered"],
    [{ kind: "delivered", same: false }, "a left out: changed_since_delivery"],
    [{ kind: "rejected", origin: "meta" }, "a rejected: refused, as before"],
    [{ kind: "rejected", origin: "operator" }, "a left out: skipped"],
    [unanswered(HOUR, 46 * HOUR), "a sent"],
    [unanswered(46 * HOUR - 1, 46 * HOUR), "a sent"],
    [unanswered(46 * HOUR + 1, 46 * HOUR), "a left out: newly_in_doubt"],
    [unanswered(47 * HOUR, 46 * HOUR), "a left out: newly_in_doubt"],
    [unanswered(47 * HOUR + 1, 46 * HOUR), "a left out: in_doubt"],
    [unanswered(2 * HOUR, 0), "a left out: in_doubt"],
  ])("that stands as %o: %s", async (standing, said) => {
    expect(await admittedOf(optionsWith(standing), entry(event("a")))).toEqual([said]);
  });

  it("without a window for repeats is not sent again even at the instant of its first sending", async () => {
    expect(await admittedOf(optionsWith(unanswered(0, 0)), entry(event("a")))).toEqual([
      "a left out: newly_in_doubt",
    ]);
  });

  it("keeps the instant of its first sending, from which its window runs", async () => {
    const options = optionsWith(unanswered(HOUR, 46 * HOUR));
    const one = event("a");
    await dryAdmission(options)([entry(one)]);
    expect(options.items.of(one).firstSentAt).toBe(NOW - HOUR);
  });

  it("in doubt is sent where that is the policy, and counts as never sent", async () => {
    const options = optionsWith(unanswered(72 * HOUR, 46 * HOUR), { onDoubt: "resend" });
    const one = event("a");
    expect(await admittedOf(options, entry(one))).toEqual(["a sent"]);
    expect(options.items.of(one).firstSentAt).toBeUndefined();
  });

  it("in doubt is news in the first run of all", async () => {
    const run = { ...RUN, previousStart: undefined };
    const options = optionsWith(unanswered(9_000 * HOUR, 46 * HOUR), { run });
    expect(await admittedOf(options, entry(event("a")))).toEqual(["a left out: newly_in_doubt"]);
  });

  it("is sent whatever is known of it when all is to be sent again", async () => {
    const options = optionsWith({ kind: "delivered", same: true }, { resend: true });
    expect(await admittedOf(options, entry(event("a")), entry(person("b")))).toEqual([
      "a sent",
      "b sent",
    ]);
  });
});

describe("a person's record", () => {
  /** A store in which somebody refused the record of a person. */
  function refusedBy(origin: "meta" | "operator", of: Entry): AdmissionOptions {
    const options = optionsWith({ kind: "new" });
    const { itemId, contentDigest } = options.items.of(of);
    const standing: AdmissionOptions["store"]["rejects"]["standing"] = (sync, candidates) =>
      Promise.resolve(
        candidates.map((one) =>
          sync === RUN.sync && one.itemId === itemId && one.contentDigest === contentDigest
            ? origin
            : undefined,
        ),
      );
    return {
      ...options,
      store: { ...options.store, rejects: { ...options.store.rejects, standing } },
    };
  }

  it("that Meta refused is left out until it changes", async () => {
    const options = refusedBy("meta", person("a"));
    const changed = person("a", "upsert", ["another cell"]);
    expect(
      await admittedOf(options, entry(person("a")), entry(changed), entry(person("b"))),
    ).toEqual(["a rejected: refused, as before", "a sent", "b sent"]);
  });

  it("that an operator gave up is left out without being a rejection", async () => {
    const options = refusedBy("operator", person("a"));
    expect(await admittedOf(options, entry(person("a")))).toEqual(["a left out: skipped"]);
  });
});

describe("admission", () => {
  it("keeps the order of the records, whatever becomes of each", async () => {
    const delivered = optionsWith({ kind: "delivered", same: true });
    expect(
      await admittedOf(
        delivered,
        rejection("a"),
        entry(event("b")),
        { kind: "withheld", identity: "c" },
        entry(person("d")),
      ),
    ).toEqual(["a rejected: missing", "b left out: delivered", "c withheld", "d sent"]);
  });

  it("asks a store only about the surface that it has records of", async () => {
    const options = optionsWith({ kind: "new" });
    const never = () => Promise.reject(new Error("nobody asked"));
    const { events, rejects } = options.store;
    const noEvents = {
      ...options,
      store: { rejects, events: { ...events, standings: never, lateStandings: never } },
    };
    const noPeople = { ...options, store: { events, rejects: { ...rejects, standing: never } } };
    expect(await admittedOf(noEvents, entry(person("a")))).toEqual(["a sent"]);
    expect(await admittedOf(noPeople, entry(event("a")))).toEqual(["a sent"]);
  });
});

describe("a record that this package rejects", () => {
  const known = optionsWith({ kind: "new" });
  const again = (options: AdmissionOptions, ...renderings: readonly Rendering[]) =>
    liveAdmission(options)(renderings).then((all) => all.map(short));

  it("is noted, and is no news in the next run as long as the reason is the same", async () => {
    const first = optionsWith({ kind: "new" });
    const inRun = (runId: number) => ({ ...first, run: { ...RUN, runId } });
    const missing = rejection("a");
    expect(await again(inRun(2), missing, entry(event("b")))).toEqual([
      "a rejected: missing",
      "b sent",
    ]);
    expect(await again(inRun(2), missing)).toEqual(["a rejected: missing"]);
    expect(await again(inRun(3), missing, rejection("c"))).toEqual([
      "a rejected: missing, as before",
      "c rejected: missing",
    ]);
    expect(await again(inRun(4), rejection("a", "missing", "ph"))).toEqual(["a rejected: missing"]);
    expect(await again(inRun(5), rejection("a", "too_old", "ph"))).toEqual(["a rejected: too_old"]);
  });

  it("is listed with its reason, and with no scope, since it came to none", async () => {
    const options = optionsWith({ kind: "new" });
    await again(options, rejection("a"));
    expect(await memoryOf(options)).toMatchObject([
      {
        sync: "records:test",
        scope: "",
        identity: "a",
        code: "missing",
        field: "em",
        message: "It lacks something.",
        operation: "import",
        origin: "local",
        createdAt: NOW,
      },
    ]);
  });

  it("is noted of an event that says something else than an earlier one of its identity", async () => {
    const options = optionsWith({ kind: "repeated", same: false });
    await again(options, entry(event("a")));
    expect(await memoryOf(options)).toMatchObject([{ identity: "a", code: "repeated_identity" }]);
  });

  it("is not noted a second time when it was Meta that refused it", async () => {
    const options = optionsWith({ kind: "rejected", origin: "meta" });
    await again(options, entry(event("a")));
    expect(await memoryOf(options)).toEqual([]);
  });

  it("is not noted when it goes by its position alone, which is another record's next time", async () => {
    const options = optionsWith({ kind: "new" });
    expect(await again(options, rejection("#3"))).toEqual(["#3 rejected: missing"]);
    expect(await memoryOf(options)).toEqual([]);
  });

  it("is not noted by a dry run", async () => {
    await dryAdmission(known)([rejection("a")]);
    expect(await memoryOf(known)).toEqual([]);
  });
});

function memoryOf({ store }: AdmissionOptions) {
  return store.rejects.list({}, 100);
}
