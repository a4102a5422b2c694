/** A store of members as a process leaves it that was killed in the middle of a run. */
import type { Store } from "../../src/store/store.js";
import {
  refusalOf,
  changesOf,
  difference,
  mirrorBatch,
  mirrorOnce,
  toDo,
  VIP,
  wants,
} from "./member-rows.js";
import { go, start } from "./rows.js";

const names = (letters: string) => Array.from(letters, (name) => wants(VIP, name, { keys: name }));
const couple = wants(VIP, "bob", { keys: "xy" });

/** Holds some people, and has begun to remove and to add some, in requests of every fate. */
export async function leaveBehind(store: Store): Promise<void> {
  await mirrorOnce(store, [...names("abcd"), couple]);
  const runId = await start(store);
  const found = await difference(store, [...names("efgh"), wants(VIP, "cid", { keys: "y" })]);
  const changes = await changesOf(found);
  await found.begin(runId, [VIP]);
  const fates = [
    "succeeded",
    "unknown",
    "sending",
    "pending",
    "failed",
    "partially_succeeded",
  ] as const;
  for (const [place, change] of changes.entries()) {
    const state = fates[place % fates.length] ?? "pending";
    const rejects = state === "partially_succeeded" ? [refusalOf(change)] : [];
    await go(store, mirrorBatch(runId, place, [change]), { state, rejects });
  }
}

/** What can be seen of it. */
export async function seenOf(store: Store) {
  return {
    audiences: await store.members.audiences(),
    removing: await toDo(store, []),
    adding: await toDo(store, [...names("abcdefgh"), couple], { removes: false }),
    changing: await toDo(store, [...names("aceg"), couple]),
  };
}
