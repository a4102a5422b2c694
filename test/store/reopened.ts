import type { Store } from "../../src/store/store.js";

/**
 * A store that is closed and opened again before each call: what a call does is in the file when its
 * promise resolves. Standings follow one another in one opening, since what a run has seen of its
 * own source is nothing that outlives it.
 */
export async function reopened(open: () => Promise<Store>): Promise<Store> {
  let current = await open();
  let standing = false;
  const fresh = async (): Promise<Store> => {
    await current.close();
    current = await open();
    standing = false;
    return current;
  };
  const forStandings = async (): Promise<Store> => {
    if (!standing) await fresh();
    standing = true;
    return current;
  };
  return {
    salt: current.salt,
    targets: {
      find: async (...given) => (await fresh()).targets.find(...given),
      creating: async (...given) => (await fresh()).targets.creating(...given),
      remember: async (...given) => (await fresh()).targets.remember(...given),
      list: async (...given) => (await fresh()).targets.list(...given),
      forget: async (...given) => (await fresh()).targets.forget(...given),
      distrust: async (...given) => (await fresh()).targets.distrust(...given),
    },
    runs: {
      start: async (...given) => (await fresh()).runs.start(...given),
      end: async (...given) => (await fresh()).runs.end(...given),
      past: async (...given) => (await fresh()).runs.past(...given),
      list: async (...given) => (await fresh()).runs.list(...given),
    },
    ledger: {
      plan: async (...given) => (await fresh()).ledger.plan(...given),
      carry: async (...given) => (await fresh()).ledger.carry(...given),
      sending: async (...given) => (await fresh()).ledger.sending(...given),
      settle: async (...given) => (await fresh()).ledger.settle(...given),
      lane: async (...given) => (await fresh()).ledger.lane(...given),
      list: async (...given) => (await fresh()).ledger.list(...given),
      attempts: async (...given) => (await fresh()).ledger.attempts(...given),
      retry: async (...given) => (await fresh()).ledger.retry(...given),
      skip: async (...given) => (await fresh()).ledger.skip(...given),
    },
    events: {
      standings: async (...given) => (await forStandings()).events.standings(...given),
      lateStandings: async (...given) => (await forStandings()).events.lateStandings(...given),
      counts: async (...given) => (await fresh()).events.counts(...given),
    },
    // What is staged, and what is found by it, lives as long as the opening: until anything else is asked.
    members: {
      audiences: async (...given) => (await fresh()).members.audiences(...given),
      release: async (...given) => (await fresh()).members.release(...given),
      keeperOf: async (...given) => (await fresh()).members.keeperOf(...given),
      stage: async (...given) => (await fresh()).members.stage(...given),
    },
    rejects: {
      standing: async (...given) => (await fresh()).rejects.standing(...given),
      noteLocal: async (...given) => (await fresh()).rejects.noteLocal(...given),
      dropStaleLocal: async (...given) => (await fresh()).rejects.dropStaleLocal(...given),
      list: async (...given) => (await fresh()).rejects.list(...given),
      counts: async (...given) => (await fresh()).rejects.counts(...given),
      retry: async (...given) => (await fresh()).rejects.retry(...given),
    },
    suppressions: {
      any: async (...given) => (await fresh()).suppressions.any(...given),
      among: async (...given) => (await fresh()).suppressions.among(...given),
      add: async (...given) => (await fresh()).suppressions.add(...given),
      lift: async (...given) => (await fresh()).suppressions.lift(...given),
      dropHeld: async (...given) => (await fresh()).suppressions.dropHeld(...given),
    },
    close: () => current.close(),
  };
}
