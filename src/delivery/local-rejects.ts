/** Records that this package rejects, as the store notes them. */
import type { Rejection } from "../core/record.js";
import type { NewReject } from "../store/rejects.js";
import type { Store } from "../store/store.js";
import type { Rejected } from "../surfaces/entry.js";
import type { Delivered } from "./delivered.js";
import type { Items } from "./items.js";
import type { Run } from "./run.js";

/** The rejection of an event that grew too old after it was planned. */
export function agedRejection(identity: string): Rejection {
  return {
    identity,
    code: "too_old",
    field: "event_time",
    message: "The event grew older than Meta accepts while it waited to be sent.",
  };
}

/** Notes events that grew too old after they were planned, so that the next run does not tell them as new. */
export async function noteExpired(
  { tooOld }: Extract<Delivered, { readonly kind: "expired" }>,
  { store, items, run, now }: NotingOptions,
): Promise<void> {
  if (tooOld.length === 0) return;
  const notes = tooOld.map((identity) =>
    localReject({ rejection: agedRejection(identity) }, items, run),
  );
  await store.rejects.noteLocal(run.runId, run.sync, notes, now);
}

/** What noting needs. */
export interface NotingOptions {
  readonly store: Pick<Store, "rejects">;
  readonly items: Items;
  readonly run: Run;
  readonly now: number;
}

/** A local rejection stands as long as it is for the same reason. */
export function localReject(
  { rejection, target = "" }: Pick<Rejected, "rejection" | "target">,
  items: Items,
  { operation }: Run,
): NewReject {
  const { identity, code, field, message } = rejection;
  return {
    scope: target,
    itemId: items.ofRejected(identity),
    contentDigest: items.digest([code, field]),
    operation,
    identity,
    code,
    field,
    message,
  };
}
