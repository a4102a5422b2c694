/** The ports of a run, with the life of its process between them and the world. */
import type { Sleep } from "../../src/core/ports.js";
import type { GraphClient } from "../../src/graph/client.js";
import { SourceFailure, sourceProblem } from "../../src/sources/source-failure.js";
import type { EventStates } from "../../src/store/event-states.js";
import type { Ledger } from "../../src/store/ledger.js";
import type { Members } from "../../src/store/members.js";
import type { Rejects } from "../../src/store/rejects.js";
import type { RunLog } from "../../src/store/run-log.js";
import type { Store } from "../../src/store/store.js";
import type { TargetRegistry } from "../../src/store/target-registry.js";
import type { Life } from "./life.js";
import type { VirtualTime } from "./time/virtual-time.js";

/** A store that a process calls. */
export function livingStore(store: Store, life: Life): Store {
  return {
    salt: store.salt,
    targets: livingTargets(store.targets, life),
    runs: livingRuns(store.runs, life),
    ledger: livingLedger(store.ledger, life),
    events: livingEvents(store.events, life),
    members: livingMembers(store.members, life),
    rejects: livingRejects(store.rejects, life),
    close: () => store.close(),
  };
}

function livingTargets(targets: TargetRegistry, life: Life): TargetRegistry {
  return {
    find: (...of) => life.store("targets.find", () => targets.find(...of)),
    creating: (...of) => life.store("targets.creating", () => targets.creating(...of)),
    remember: (ready) => life.store("targets.remember", () => targets.remember(ready)),
    list: () => life.store("targets.list", () => targets.list()),
    forget: (...of) => life.store("targets.forget", () => targets.forget(...of)),
    distrust: (...of) => life.store("targets.distrust", () => targets.distrust(...of)),
  };
}

function livingRuns(runs: RunLog, life: Life): RunLog {
  return {
    start: (run) => life.store("runs.start", () => runs.start(run)),
    end: (...of) => life.store("runs.end", () => runs.end(...of)),
    past: (sync) => life.store("runs.past", () => runs.past(sync)),
    list: (limit) => life.store("runs.list", () => runs.list(limit)),
  };
}

function livingLedger(ledger: Ledger, life: Life): Ledger {
  return {
    plan: (batch) => life.store("ledger.plan", () => ledger.plan(batch)),
    carry: (batch) => life.store("ledger.carry", () => ledger.carry(batch)),
    sending: (sending) => life.store("ledger.sending", () => ledger.sending(sending)),
    settle: (settlement) => life.store("ledger.settle", () => ledger.settle(settlement)),
    lane: (...of) => life.store("ledger.lane", () => ledger.lane(...of)),
    list: (filter) => life.store("ledger.list", () => ledger.list(filter)),
    attempts: (id) => life.store("ledger.attempts", () => ledger.attempts(id)),
    retry: (id) => life.store("ledger.retry", () => ledger.retry(id)),
    skip: (...of) => life.store("ledger.skip", () => ledger.skip(...of)),
  };
}

function livingEvents(events: EventStates, life: Life): EventStates {
  return {
    standings: (...of) => life.store("events.standings", () => events.standings(...of)),
    counts: (now) => life.store("events.counts", () => events.counts(now)),
  };
}

function livingMembers(members: Members, life: Life): Members {
  return {
    audiences: () => life.store("members.audiences", () => members.audiences()),
    release: (id) => life.store("members.release", () => members.release(id)),
    stage: () => life.store("members.stage", () => members.stage()),
  };
}

function livingRejects(rejects: Rejects, life: Life): Rejects {
  return {
    standing: (...of) => life.store("rejects.standing", () => rejects.standing(...of)),
    noteLocal: (...of) => life.store("rejects.noteLocal", () => rejects.noteLocal(...of)),
    dropStaleLocal: (...of) =>
      life.store("rejects.dropStaleLocal", () => rejects.dropStaleLocal(...of)),
    list: (...of) => life.store("rejects.list", () => rejects.list(...of)),
    counts: (filter) => life.store("rejects.counts", () => rejects.counts(filter)),
    retry: (filter) => life.store("rejects.retry", () => rejects.retry(filter)),
  };
}

/** A client that a process calls. */
export function livingClient(client: GraphClient, life: Life): GraphClient {
  return {
    send: (request) => life.pass("meta.send", () => client.send(request)),
    listAudiences: (...of) => life.pass("meta.listAudiences", () => client.listAudiences(...of)),
    readAudience: (...of) => life.pass("meta.readAudience", () => client.readAudience(...of)),
    createAudience: (...of) => life.pass("meta.createAudience", () => client.createAudience(...of)),
  };
}

/** A sleep in virtual time, which ends early when its signal aborts. */
export function livingSleep(time: VirtualTime, life: Life): Sleep {
  return (ms, signal) => life.pass("sleep", () => asleep(time, ms, signal));
}

function asleep(time: VirtualTime, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const takeBack = time.in(ms, wake);
    function wake(): void {
      takeBack();
      signal.removeEventListener("abort", wake);
      resolve();
    }
    signal.addEventListener("abort", wake, { once: true });
  });
}

/**
 * A source that a process reads batch by batch.
 *
 * @param breaksAfter so many batches, if it breaks off
 */
export async function* livingSource<T>(
  batches: Iterable<T>,
  time: VirtualTime,
  life: Life,
  breaksAfter: number | undefined,
): AsyncGenerator<T> {
  let read = 0;
  for (const batch of batches) {
    if (read === breaksAfter) throw BROKEN;
    read += 1;
    await life.pass("source", () => asleep(time, 3, NEVER));
    yield batch;
  }
}

const BROKEN = new SourceFailure(
  sourceProblem(
    "source.broken",
    { kind: "value", source: "source", path: "" },
    "it broke",
    "Mend it.",
  ),
);

const NEVER = new AbortController().signal;
