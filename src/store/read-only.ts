import { beginBy } from "./begin-by.js";
import type { Store } from "./store.js";

/** A store that only answers: whoever wants to change something by it has made a mistake. */
export function readOnly(store: Store): Store {
  return {
    ...store,
    targets: { ...store.targets, creating: no, remember: no, forget: no, distrust: no },
    runs: { ...store.runs, start: no, end: no },
    ledger: {
      ...store.ledger,
      plan: no,
      carry: no,
      sending: no,
      settle: no,
      retry: no,
      skip: no,
    },
    members: { ...beginBy(store.members, () => no), release: no, keeperOf: no },
    rejects: { ...store.rejects, noteLocal: no, dropStaleLocal: no, retry: no },
    suppressions: { ...store.suppressions, add: no, lift: no, dropHeld: no },
  };
}

function no(): Promise<never> {
  return Promise.reject(new TypeError("this store was opened to be read only"));
}
