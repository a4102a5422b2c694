/** A store of which every call is asked for in one way, whatever that is. */
import type { EventStates } from "../../src/store/event-states.js";
import type { Ledger } from "../../src/store/ledger.js";
import type { Difference, Members, Staging } from "../../src/store/members.js";
import type { Rejects } from "../../src/store/rejects.js";
import type { RunLog } from "../../src/store/run-log.js";
import type { Store } from "../../src/store/store.js";
import type { Suppressions } from "../../src/store/suppressions.js";
import type { TargetRegistry } from "../../src/store/target-registry.js";
import type { AwaitPoint } from "./await-points.js";

/** How something is asked. */
export interface Asking<S> {
  /** What answers that are at hand are taken from. */
  readonly subject: S;
  ask<T>(point: AwaitPoint, call: (subject: S) => Promise<T>): Promise<T>;
  /** Asks for something that is asked itself; `shows` is what it says at once. */
  open<T>(
    point: AwaitPoint,
    call: (subject: S) => Promise<T>,
    shows: (opened: T) => unknown,
  ): Promise<Asking<T>>;
}

/** The store that is asked so. */
export function askedStore(by: Asking<Store>): Store {
  return {
    salt: by.subject.salt,
    targets: askedTargets(by),
    runs: askedRuns(by),
    ledger: askedLedger(by),
    events: askedEvents(by),
    members: askedMembers(by),
    rejects: askedRejects(by),
    suppressions: askedSuppressions(by),
    close: () => by.subject.close(),
  };
}

function askedTargets(by: Asking<Store>): TargetRegistry {
  return {
    find: (...of) => by.ask("targets.find", ({ targets }) => targets.find(...of)),
    creating: (...of) => by.ask("targets.creating", ({ targets }) => targets.creating(...of)),
    remember: (ready) => by.ask("targets.remember", ({ targets }) => targets.remember(ready)),
    list: () => by.ask("targets.list", ({ targets }) => targets.list()),
    forget: (...of) => by.ask("targets.forget", ({ targets }) => targets.forget(...of)),
    distrust: (...of) => by.ask("targets.distrust", ({ targets }) => targets.distrust(...of)),
  };
}

function askedRuns(by: Asking<Store>): RunLog {
  return {
    start: (run) => by.ask("runs.start", ({ runs }) => runs.start(run)),
    end: (...of) => by.ask("runs.end", ({ runs }) => runs.end(...of)),
    past: (sync) => by.ask("runs.past", ({ runs }) => runs.past(sync)),
    list: (limit) => by.ask("runs.list", ({ runs }) => runs.list(limit)),
  };
}

function askedLedger(by: Asking<Store>): Ledger {
  return {
    plan: (batch) => by.ask("ledger.plan", ({ ledger }) => ledger.plan(batch)),
    carry: (batches) => by.ask("ledger.carry", ({ ledger }) => ledger.carry(batches)),
    sending: (sending) => by.ask("ledger.sending", ({ ledger }) => ledger.sending(sending)),
    settle: (settlement) => by.ask("ledger.settle", ({ ledger }) => ledger.settle(settlement)),
    lane: (question) => by.ask("ledger.lane", ({ ledger }) => ledger.lane(question)),
    list: (filter) => by.ask("ledger.list", ({ ledger }) => ledger.list(filter)),
    attempts: (id) => by.ask("ledger.attempts", ({ ledger }) => ledger.attempts(id)),
    retry: (id) => by.ask("ledger.retry", ({ ledger }) => ledger.retry(id)),
    skip: (...of) => by.ask("ledger.skip", ({ ledger }) => ledger.skip(...of)),
  };
}

function askedEvents(by: Asking<Store>): EventStates {
  return {
    standings: (...of) => by.ask("events.standings", ({ events }) => events.standings(...of)),
    lateStandings: (...of) =>
      by.ask("events.lateStandings", ({ events }) => events.lateStandings(...of)),
    counts: (now) => by.ask("events.counts", ({ events }) => events.counts(now)),
  };
}

function askedMembers(by: Asking<Store>): Members {
  return {
    audiences: () => by.ask("members.audiences", ({ members }) => members.audiences()),
    release: (id) => by.ask("members.release", ({ members }) => members.release(id)),
    keeperOf: (id) => by.ask("members.keeperOf", ({ members }) => members.keeperOf(id)),
    stage: async () =>
      askedStaging(
        await by.open(
          "members.stage",
          ({ members }) => members.stage(),
          () => undefined,
        ),
      ),
  };
}

function askedStaging(by: Asking<Staging>): Staging {
  return {
    add: (wanted) => by.ask("staging.add", (staging) => staging.add(wanted)),
    targets: () => by.ask("staging.targets", (staging) => staging.targets()),
    repeated: () => by.ask("staging.repeated", (staging) => staging.repeated()),
    compare: async (comparison) =>
      askedDifference(
        await by.open(
          "staging.compare",
          (staging) => staging.compare(comparison),
          ({ audiences }) => audiences,
        ),
      ),
    suppress: (keys) => by.ask("staging.suppress", (staging) => staging.suppress(keys)),
    close: () => by.ask("staging.close", (staging) => staging.close()),
  };
}

function askedDifference(by: Asking<Difference>): Difference {
  return {
    audiences: by.subject.audiences,
    begin: (...of) => by.ask("difference.begin", (difference) => difference.begin(...of)),
    changes: (...of) => by.ask("difference.changes", (difference) => difference.changes(...of)),
  };
}

function askedRejects(by: Asking<Store>): Rejects {
  return {
    standing: (...of) => by.ask("rejects.standing", ({ rejects }) => rejects.standing(...of)),
    noteLocal: (...of) => by.ask("rejects.noteLocal", ({ rejects }) => rejects.noteLocal(...of)),
    dropStaleLocal: (...of) =>
      by.ask("rejects.dropStaleLocal", ({ rejects }) => rejects.dropStaleLocal(...of)),
    list: (...of) => by.ask("rejects.list", ({ rejects }) => rejects.list(...of)),
    counts: (filter) => by.ask("rejects.counts", ({ rejects }) => rejects.counts(filter)),
    retry: (filter) => by.ask("rejects.retry", ({ rejects }) => rejects.retry(filter)),
  };
}

function askedSuppressions(by: Asking<Store>): Suppressions {
  return {
    any: () => by.ask("suppressions.any", ({ suppressions }) => suppressions.any()),
    among: (keys) => by.ask("suppressions.among", ({ suppressions }) => suppressions.among(keys)),
    add: (...of) => by.ask("suppressions.add", ({ suppressions }) => suppressions.add(...of)),
    lift: (keys) => by.ask("suppressions.lift", ({ suppressions }) => suppressions.lift(keys)),
    dropHeld: (id) =>
      by.ask("suppressions.dropHeld", ({ suppressions }) => suppressions.dropHeld(id)),
  };
}
