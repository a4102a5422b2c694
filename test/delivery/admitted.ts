/** Admission over a store that says what a test wants, and what comes of it, in short. */
import type { Rejection } from "../../src/core/record.js";
import { dryAdmission, type AdmissionOptions } from "../../src/delivery/admission.js";
import { Items } from "../../src/delivery/items.js";
import type { Run } from "../../src/delivery/run.js";
import type { Admitted } from "../../src/planning/admission.js";
import type { EventStanding } from "../../src/store/event-states.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { Entry, Rendering } from "../../src/surfaces/entry.js";
import { HOUR, NOW } from "./entries.js";

export const RUN: Run = {
  runId: 2,
  sync: "records:test",
  previousStart: NOW - HOUR,
  operation: "import",
  past: undefined,
};

/** Admission over a store in which every event stands like this. */
export function optionsWith(
  standing: EventStanding,
  more: Partial<AdmissionOptions> = {},
): AdmissionOptions {
  const store = memoryStore();
  const standings = (_: number, __: string, of: readonly unknown[]) =>
    Promise.resolve(of.map(() => standing));
  return {
    store: { ...store, events: { ...store.events, standings, lateStandings: standings } },
    items: new Items("salt", undefined),
    run: RUN,
    onDoubt: "hold",
    resend: false,
    replay: false,
    now: NOW,
    ...more,
  };
}

/** What is said of an admitted rendering, in short. */
export function short(admitted: Admitted): string {
  switch (admitted.kind) {
    case "entry":
      return `${admitted.entry.identity} sent`;
    case "rejection":
      return `${admitted.rejection.identity} rejected: ${admitted.rejection.code}${admitted.standing ? ", as before" : ""}`;
    case "history":
      return `${admitted.identity} history`;
    case "rerouted":
      return `${admitted.identity} rerouted from ${admitted.sentTo} to ${admitted.routedTo}${admitted.answered ? "" : ", unanswered"}`;
    case "withheld":
      return `${admitted.identity} withheld`;
    case "left_out":
      return `${admitted.identity} left out: ${admitted.because}`;
  }
}

/** A record that can be sent. */
export function entry(of: Entry): Rendering {
  return { kind: "entry", entry: of };
}

/** A record that this package rejects. */
export function rejection(
  identity: string,
  code: Rejection["code"] = "missing",
  field = "em",
): Rendering {
  return {
    kind: "rejection",
    rejection: { identity, code, field, message: "It lacks something." },
  };
}

/** What is admitted, each in short. */
export async function admittedOf(options: AdmissionOptions, ...renderings: readonly Rendering[]) {
  return (await dryAdmission(options)(renderings)).map(short);
}
