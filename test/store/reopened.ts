import type { Store } from "../../src/store/store.js";

/** What an opening of the store was used for: nothing yet, to look only, for standings, or to change something. */
type Use = "nothing" | "look" | "standings" | "change";

/**
 * A store that is closed and opened again before each call: what a call does is in the file when its
 * promise resolves. Calls in a row that only look share an opening, since they leave nothing behind.
 * Standings follow one another in one opening as well: what a run has seen of its own source is nothing
 * that outlives it.
 */
export async function reopened(open: () => Promise<Store>): Promise<Store> {
  let current = await open();
  let used: Use = "nothing";
  const opening = async (use: Use): Promise<Store> => {
    const shared = used === "nothing" || (used === use && use !== "change");
    if (!shared) {
      await current.close();
      current = await open();
    }
    used = use;
    return current;
  };
  const looking = () => opening("look");
  const standing = () => opening("standings");
  const fresh = () => opening("change");
  return {
    salt: current.salt,
    targets: {
      find: async (...given) => (await looking()).targets.find(...given),
      creating: async (...given) => (await fresh()).targets.creating(...given),
      remember: async (...given) => (await fresh()).targets.remember(...given),
      list: async (...given) => (await looking()).targets.list(...given),
      forget: async (...given) => (await fresh()).targets.forget(...given),
      distrust: async (...given) => (await fresh()).targets.distrust(...given),
    },
    runs: {
      start: async (...given) => (await fresh()).runs.start(...given),
      end: async (...given) => (await fresh()).runs.end(...given),
      past: async (...given) => (await looking()).runs.past(...given),
      list: async (...given) => (await looking()).runs.list(...given),
    },
    ledger: {
      plan: async (...given) => (await fresh()).ledger.plan(...given),
      carry: async (...given) => (await fresh()).ledger.carry(...given),
      sending: async (...given) => (await fresh()).ledger.sending(...given),
      settle: async (...given) => (await fresh()).ledger.settle(...given),
      lane: async (...given) => (await looking()).ledger.lane(...given),
      list: async (...given) => (await looking()).ledger.list(...given),
      attempts: async (...given) => (await looking()).ledger.attempts(...given),
      retry: async (...given) => (await fresh()).ledger.retry(...given),
      skip: async (...given) => (await fresh()).ledger.skip(...given),
    },
    events: {
      standings: async (...given) => (await standing()).events.standings(...given),
      lateStandings: async (...given) => (await standing()).events.lateStandings(...given),
      counts: async (...given) => (await looking()).events.counts(...given),
    },
    // What is staged, and what is found by it, lives as long as the opening: until anything else is asked.
    members: {
      audiences: async (...given) => (await looking()).members.audiences(...given),
      release: async (...given) => (await fresh()).members.release(...given),
      keeperOf: async (...given) => (await looking()).members.keeperOf(...given),
      stage: async (...given) => (await fresh()).members.stage(...given),
    },
    rejects: {
      standing: async (...given) => (await looking()).rejects.standing(...given),
      noteLocal: async (...given) => (await fresh()).rejects.noteLocal(...given),
      dropStaleLocal: async (...given) => (await fresh()).rejects.dropStaleLocal(...given),
      list: async (...given) => (await looking()).rejects.list(...given),
      counts: async (...given) => (await looking()).rejects.counts(...given),
      retry: async (...given) => (await fresh()).rejects.retry(...given),
    },
    suppressions: {
      any: async (...given) => (await looking()).suppressions.any(...given),
      among: async (...given) => (await looking()).suppressions.among(...given),
      add: async (...given) => (await fresh()).suppressions.add(...given),
      lift: async (...given) => (await fresh()).suppressions.lift(...given),
      dropHeld: async (...given) => (await fresh()).suppressions.dropHeld(...given),
    },
    close: () => current.close(),
  };
}
