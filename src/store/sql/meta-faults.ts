/** Why a store is not the one that is wanted, each with its remedy. */
import type { StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";

/** A store of a later version. */
export function newerSchema(store: string): StoreFault {
  return {
    code: "store.newer",
    message: `the store \`${store}\` was written by a newer retl-meta`,
    remedy: "Update this one, or give another --store.",
  };
}

/** A store that only a writing command brings up to date. */
export function olderSchema(store: string): StoreFault {
  return {
    code: "store.older",
    message: `the store \`${store}\` was written by an older retl-meta`,
    remedy: "The next `sync` brings it up to date.",
  };
}

/** What one Meta acknowledged is nothing that another one knows. */
export function otherOrigin(store: string, held: StoreOrigin, wanted: StoreOrigin): StoreFault {
  return {
    code: "store.origin",
    message: `the store \`${store}\` belongs to ${nameOf(held)}, not to ${nameOf(wanted)}`,
    remedy:
      held === "graph"
        ? "Give the emulator a store of its own with --store."
        : "Delete it if that emulator is gone, or give another --store.",
  };
}

function nameOf(origin: StoreOrigin): string {
  return origin === "graph" ? "Meta" : `the emulator ${origin.slice("emulator:".length)}`;
}
