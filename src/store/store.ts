import type { TargetRegistry } from "./target-registry.js";

/** What outlives a request: the port behind which every kind of store stands. */
export interface Store {
  readonly targets: TargetRegistry;
}
