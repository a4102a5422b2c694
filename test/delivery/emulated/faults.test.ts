/** Hundreds of requests over a network and to a Meta that fail in every way, in virtual time. */
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import { EmulatedAccount, lead, member, type AccountSettings } from "./account.js";
import { FaultyMeta, tooEarly } from "./faults.js";
import { print } from "./print.js";
import { NOW } from "../entries.js";

const TIMEOUT_MS = 120_000;

/** An account whose every exchange may go wrong. */
function faultyAccount(
  surface: "events" | "custom_audiences",
  binding: AccountSettings["binding"],
) {
  const faulty: FaultyMeta[] = [];
  const account = new EmulatedAccount(surface, {
    ...(binding === undefined ? {} : { binding }),
    parts: { timeoutMs: TIMEOUT_MS },
    between: (meta, { time, chance }) => {
      const keyOf = ({ url }: Request) =>
        surface === "events" ? (/\/(\d+)\/events$/.exec(url)?.[1] ?? "") : "the account";
      const world = { time, chance, keyOf, timeoutMs: TIMEOUT_MS };
      const one = new FaultyMeta(meta, world);
      faulty.push(one);
      return one.transport;
    },
  });
  return { account, faulty: () => faulty.at(-1) };
}

/** What went wrong and how long it took, for whoever reads the log. */
function printFigures(
  title: string,
  account: EmulatedAccount,
  faults: FaultyMeta,
  batches: number,
) {
  const minutes = ((account.time.clock() - NOW) / 60_000).toFixed(1);
  const calls = account.calls.length;
  print(`${title}: ${String(batches)} batches, ${String(calls)} calls, ${minutes} virtual minutes`);
  for (const [fault, count] of faults.occurred) print(`  ${fault}: ${String(count)}`);
}

/** Whether every way to fail occurred, before and after Meta had carried the request out. */
function neverOccurred({ occurred }: FaultyMeta): readonly string[] {
  return [...occurred].filter(([, count]) => count === 0).map(([fault]) => fault);
}

describe("events over a faulty network", () => {
  const PIXELS = ["456", "789"] as const;
  const EVENTS = 8_000;

  it("are all delivered, each once, and no stated wait is cut short", async () => {
    const { account, faulty } = faultyAccount("events", {
      config: {
        adAccountId: "1",
        actionSource: "website",
        eventRoutes: { Lead: PIXELS[0], Contact: PIXELS[1] },
      },
      maxBodyBytes: 4_000,
    });
    const records = Array.from({ length: EVENTS }, (_, index) =>
      lead(`e-${String(index)}`, { event_name: index % 2 === 0 ? "Lead" : "Contact" }),
    );
    const result = await account.deliver(records);
    const faults = faulty();
    if (faults === undefined) throw new Error("nothing was sent");
    printFigures("events", account, faults, result.requests.planned);

    expect(result.requests.planned).toBeGreaterThanOrEqual(300);
    expect(neverOccurred(faults)).toEqual([]);
    expect(tooEarly(faults.exchanges)).toEqual([]);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: EVENTS, acknowledged: EVENTS },
    });
    await account.time.pass(TIMEOUT_MS);
    const { pixels } = account.emulator.state();
    expect(pixels.map(({ id }) => id).sort()).toEqual(PIXELS);
    for (const { stored, events } of pixels) {
      expect(stored).toBe(EVENTS / 2);
      expect(new Set(events.map(({ event_id: id }) => id)).size).toBe(EVENTS / 2);
    }
    const repeated = pixels.reduce((sum, { counts }) => sum + counts.duplicates, 0);
    print(`  ${String(repeated)} events were repeated, and Meta dropped the repeats`);
    expect(repeated).toBeGreaterThan(0);
  });
});

describe("audiences over a faulty network", () => {
  const TARGETS = ["VIP", "Newsletter", "Lapsed"] as const;

  /** People come, go, and half of them come back: whatever arrives late leaves somebody wrong. */
  function* operations() {
    for (let round = 0; round < 9; round += 1)
      for (const target of TARGETS)
        for (const operation of ["upsert", "remove", "back"] as const)
          for (let person = 0; person < 30; person += 1) {
            if (operation === "back" && person % 2 === 0) continue;
            const id = `p-${String(person + 30 * round)}`;
            yield member(id, operation === "remove" ? "remove" : "upsert", target);
          }
  }

  /** Who is to be where in the end. */
  function wanted(records: readonly ReturnType<typeof member>[]) {
    const held = new Map<string, Set<string>>(TARGETS.map((target) => [target, new Set()]));
    for (const { operation, target, record_identity: id } of records) {
      const cell = `EMAIL=${sha256(`${id}@example.test`)}`;
      if (operation === "upsert") held.get(target)?.add(cell);
      else held.get(target)?.delete(cell);
    }
    return Object.fromEntries([...held].map(([target, cells]) => [target, [...cells].sort()]));
  }

  it("hold in the end exactly whom the records say, and no stated wait is cut short", async () => {
    const { account, faulty } = faultyAccount("custom_audiences", { maxBodyBytes: 600 });
    const records = [...operations()];
    const result = await account.deliver(records);
    const faults = faulty();
    if (faults === undefined) throw new Error("nothing was sent");
    printFigures("audiences", account, faults, result.requests.planned);

    expect(result.requests.planned).toBeGreaterThanOrEqual(300);
    expect(neverOccurred(faults)).toEqual([]);
    expect(tooEarly(faults.exchanges)).toEqual([]);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: records.length, acknowledged: records.length },
    });
    await account.time.pass(TIMEOUT_MS);
    const { audiences } = account.emulator.state();
    expect(
      Object.fromEntries(
        audiences.map(({ name, held }) => [name, held.map(({ identifier }) => identifier)]),
      ),
    ).toEqual(wanted(records));
    expect(audiences).toHaveLength(TARGETS.length);
  });
});
