import { beginBy } from "../../src/store/begin-by.js";
import type { Store } from "../../src/store/store.js";

/** A store for plans, in which nothing may be changed. */
export function readingStore(store: Store): Store {
  const forbidden = () => Promise.reject(new Error("a plan changed the store"));
  const { targets, runs, ledger, members, rejects } = store;
  return {
    ...store,
    targets: {
      ...targets,
      creating: forbidden,
      remember: forbidden,
      forget: forbidden,
      distrust: forbidden,
    },
    runs: { ...runs, start: forbidden, end: forbidden },
    ledger: {
      ...ledger,
      plan: forbidden,
      carry: forbidden,
      sending: forbidden,
      settle: forbidden,
      retry: forbidden,
      skip: forbidden,
    },
    members: beginBy(members, () => forbidden),
    rejects: { ...rejects, noteLocal: forbidden, dropStaleLocal: forbidden, retry: forbidden },
  };
}
