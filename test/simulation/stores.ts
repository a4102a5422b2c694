/** Where the processes of a simulation keep what outlives them. */
import { memoryStore } from "../../src/store/memory/memory-store.js";
import type { MemoryTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";

/** Opens stores on the same tables. */
export interface Stores {
  open(): Store;
  /** A process has crashed: what it had open is closed. */
  crashed(): Promise<void>;
}

/** Stores in memory. */
export function memoryStores(tables: MemoryTables): Stores {
  return {
    open: () => memoryStore(tables),
    crashed: () => {
      // What a process holds falls with it.
      tables.leases.clear();
      return Promise.resolve();
    },
  };
}
