import type { Members } from "./members.js";
import { StoreFailure } from "./store-fault.js";

/** The members of a store that cannot hold any yet. */
export const noMembers: Members = { audiences: no, stage: no };

function no(): Promise<never> {
  return Promise.reject(new StoreFailure("it holds no members"));
}
