/** Crashes inside a store: while it is made, brought up to date, and tidied up. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CrashedDelivery, EVENTS_PER_REQUEST } from "./delivery.js";
import {
  FROM_OLDER,
  MIGRATION_STATEMENTS,
  OLDER_TABLES,
  tablesOf,
  writeOlderStore,
} from "./older-store.js";
import { CrashWorld, instantsOf, NAMES, report, SIXTY_REQUESTS } from "./world.js";

const world = new CrashWorld();

beforeAll(() => world.open(), 60_000);
afterAll(() => world.close());

// Each waits for its processes, on a store and pixels of its own.
describe.concurrent("a delivery that is killed holds every event once after the next run", () => {
  it("when it dies inside the fold at the end of a run", async () => {
    const delivery = new CrashedDelivery(world.options(4));
    let events = 0;
    for (const instant of instantsOf("fold", 10)) {
      events += 2 * EVENTS_PER_REQUEST;
      await delivery.killAt(events, instant);
    }
    await delivery.finish(events);
    report("inside the fold at the end", delivery);
    expect(delivery.repeats).toBe(0);
  });

  it("when it dies inside the fold at the start of a run", async () => {
    const delivery = new CrashedDelivery(world.options(5));
    await delivery.killAt(SIXTY_REQUESTS, "answer", 7);
    for (const instant of instantsOf("start", 14)) await delivery.killAt(SIXTY_REQUESTS, instant);
    await delivery.finish(SIXTY_REQUESTS);
    report("inside the fold at the start", delivery);
  });

  it("when it dies while its store is made", async () => {
    const delivery = new CrashedDelivery(world.options(7));
    const instants = ["read meta 0", "create 0", "create 1", "create commit", "create committed"];
    for (const at of ["0", "3", "7", "commit"]) instants.push(`migrate 1 ${at}`);
    for (const instant of [...instants, "migrate 1 committed"])
      await delivery.killAt(SIXTY_REQUESTS, instant);
    await delivery.finish(SIXTY_REQUESTS);
    report("while the store is made", delivery);
    expect(delivery.repeats).toBe(0);
  });

  it("when it dies while an older store is brought up to date", async () => {
    const before = new CrashedDelivery(world.options(8));
    const delivered = SIXTY_REQUESTS / 2;
    await before.finish(delivered);
    const { file, ...options } = world.options(8);
    const older = `${file}.older`;
    await writeOlderStore(file, older);
    const ids = NAMES.flatMap((name) =>
      Array.from({ length: delivered }, (_, index) => `${name}-${String(index)}`),
    );
    const delivery = new CrashedDelivery({
      ...options,
      file: older,
      migrations: FROM_OLDER,
      delivered: new Set(ids),
    });
    for (const instant of instantsOf("migrate 1", MIGRATION_STATEMENTS)) {
      expect(await tablesOf(older)).toEqual(OLDER_TABLES);
      await delivery.killAt(2 * SIXTY_REQUESTS, instant);
    }
    expect(await tablesOf(older)).not.toContain("delivered");
    await delivery.killAt(2 * SIXTY_REQUESTS, "answer", 9);
    await delivery.finish(2 * SIXTY_REQUESTS);
    report("while an older store is migrated", delivery);
  });
});
